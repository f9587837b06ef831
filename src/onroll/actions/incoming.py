"""Where a form's files wait until somebody reads them: `records.incoming`, for the floor above."""

from onroll.records.incoming import Incoming

__all__ = ["Incoming"]
