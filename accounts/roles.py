"""Newsroom roles and what each may do: the table that accounts.rights goes by."""

from enum import StrEnum


class Role(StrEnum):
    """Roles as staff see them."""

    REPORTER = "记者"
    EDITOR = "责任编辑"
    CHIEF = "总编"
    MODERATOR = "评论审核员"
    CLERK = "单位经办人"
    ADMINISTRATOR = "系统管理员"
    AUDITOR = "审计员"


class Verb(StrEnum):
    """What staff do, beyond Django's add/change/view of a table."""

    VIEW = "view"  # read a desk copy, its revisions and its reviews
    WRITE = "write"  # create articles, edit one's own until they are released
    EDIT = "edit"  # edit everyone's desk copy, pictures, names, tags
    DELETE = "delete"  # throw away a draft that was never frozen
    DISCUSS = "discuss"  # write notes on a story, show it to others by a link
    SUBMIT = "submit"  # send to review
    RECALL = "recall"  # take back what waits for review
    SIGN = "sign"  # review levels below the last, and the only one where there is one
    SIGN_FINAL = "sign_final"  # the last of two or three levels
    WAIVE = "waive"  # do without a level, with a reason
    PUBLISH = "publish"  # publish, schedule, replace what was signed
    CORRECT = "correct"  # add a public note to a live story
    WITHDRAW = "withdraw"
    CURATE = "curate"  # put stories on fronts, keep special topics
    SPEAK_FOR_SITE = "speak_for_site"  # emergency notices, mourning, statement pages
    KEEP_GLOSSARY = "keep_glossary"
    SHAPE_CHANNELS = "shape_channels"
    MANAGE_STAFF = "manage_staff"
    SET_UP_SITE = "set_up_site"
    AUDIT = "audit"  # read everything, and the record of acts


_WRITING = {Verb.WRITE}
_EDITING = _WRITING | {
    Verb.VIEW,
    Verb.EDIT,
    Verb.SUBMIT,
    Verb.RECALL,
    Verb.SIGN,
    Verb.PUBLISH,
    Verb.CORRECT,
    Verb.CURATE,
    Verb.KEEP_GLOSSARY,
}

# The administrator runs the system and has no say over content.
GRANTS: dict[Role, frozenset[Verb]] = {
    Role.REPORTER: frozenset(_WRITING),
    Role.EDITOR: frozenset(_EDITING),
    Role.CHIEF: frozenset(
        _EDITING
        | {
            Verb.DELETE,
            Verb.SIGN_FINAL,
            Verb.WAIVE,
            Verb.WITHDRAW,
            Verb.SPEAK_FOR_SITE,
            Verb.SHAPE_CHANNELS,
            Verb.AUDIT,
        }
    ),
    Role.MODERATOR: frozenset(),
    Role.CLERK: frozenset(),
    Role.ADMINISTRATOR: frozenset(
        {Verb.SHAPE_CHANNELS, Verb.MANAGE_STAFF, Verb.SET_UP_SITE, Verb.AUDIT}
    ),
    Role.AUDITOR: frozenset({Verb.VIEW, Verb.AUDIT}),
}

# Whoever holds one of these decides what readers see: another person confirms the grant.
APPROVING_ROLES = frozenset({Role.EDITOR, Role.CHIEF})
