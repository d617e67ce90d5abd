"""What a service refuses to do. The doors turn each into a page of its own (``views/errors.py``)."""


class NotFoundError(Exception):
    """This diary has no such entry, member or invitation, or lets this account do no such thing to it any more."""


class AlreadyChangedError(Exception):
    """This version of the entry was corrected or withdrawn before."""


class LastOwnerError(Exception):
    """A diary needs somebody who owns it, and this is the last who does."""
