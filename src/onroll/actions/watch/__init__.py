"""Changes to Watch: a person's word that an absence is no health case."""

from onroll.actions.watch.judge import put_back_on_watch, take_off_watch

__all__ = ["put_back_on_watch", "take_off_watch"]
