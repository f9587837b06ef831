"""The room of cover: who is away, who stands in, and handing somebody's cases over."""
