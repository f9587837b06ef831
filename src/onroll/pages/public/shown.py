"""The document alone: sections and paragraphs with their numbers, and nothing beside them."""

from onroll.domain.packs import Pack
from onroll.pages.policy_parts import PlainPart, PlainShown, number_of


def sections(pack: Pack) -> list[PlainPart]:
    """The sections of a pack as everybody reads them."""
    return [
        PlainPart(
            section.id,
            number_of(section.id),
            section.title,
            tuple(PlainShown(one.id, number_of(one.id), one.words) for one in section.paragraphs),
        )
        for section in pack.sections
    ]
