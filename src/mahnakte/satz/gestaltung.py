"""The look that a sender sets once for all templates, without touching one."""

import dataclasses

HAUSFARBE = "243B53"  # what a template shows in this colour takes the sender's


@dataclasses.dataclass(frozen=True, slots=True)
class Gestaltung:
    """Colour (six hex digits) and the room for the logo, width and height in mm; None: as the template has it."""

    farbe: str | None = None
    logo: tuple[int, int] | None = None


OHNE_VORGABE = Gestaltung()
