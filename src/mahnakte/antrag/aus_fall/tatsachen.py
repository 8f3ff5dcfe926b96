"""Facts of the creditor that contradict each other and would name the wrong dunning court (§ 689 (2) ZPO)."""

from mahnakte.antrag.aus_fall.maengel import Maengelliste
from mahnakte.arten.partei import WEG
from mahnakte.fall.modell import Objekt
from mahnakte.fall.partei import Glaeubiger, Grundstueck, Sitz
from mahnakte.grund.text import fold
from mahnakte.recht.orte import find_laender, find_olg_bezirk

_BEZIRKE = {"koeln": "im Bezirk des OLG Köln", "sonst": "außerhalb des Bezirks des OLG Köln"}

_Ort = Glaeubiger | Grundstueck | Objekt | Sitz


def check_mahngerichtsland(glaeubiger: Glaeubiger, liste: Maengelliste, objekt: Objekt | None = None) -> None:
    """Refuse a Land or OLG district in which the creditor's seat (§ 17 ZPO), else his address, cannot lie.

    For a WEG the property decides (§ 43 (1) WEG): `grundstueck`, else that of the claim (`objekt`). A postcode
    on a border or unknown to the lists contradicts nothing.
    """
    if glaeubiger.gerichtsstaat != "DE":
        return
    if glaeubiger.art == WEG.wort:
        _check_weg(glaeubiger, glaeubiger.grundstueck or objekt, liste)
    elif befund := _contradiction(glaeubiger, glaeubiger.sitz or glaeubiger):
        liste.refuse(*befund, glaeubiger.stelle)


def _check_weg(weg: Glaeubiger, grundstueck: Grundstueck | Objekt | None, liste: Maengelliste) -> None:
    """An address alone may be the administrator's: nothing is wrong then, the property's place is missing."""
    befund = _contradiction(weg, grundstueck or weg)
    if grundstueck is not None:
        if befund:
            liste.refuse(*befund, weg.stelle)
    elif befund or _is_at_verwalter(weg):
        liste.missing(
            "wo das Grundstück der Wohnungseigentümer liegt", "§ 43 Abs. 1 WEG",
            """
            grundstueck:          # beim Gläubiger; „land“ und „olg_bezirk“ sind die des Grundstücks
              strasse:
              plz:
              ort:
            """,
            weg.stelle,
        )  # fmt: skip


def _is_at_verwalter(weg: Glaeubiger) -> bool:
    return any(
        einer.strasse and (fold(einer.strasse), einer.plz) == (fold(weg.strasse), weg.plz)
        for einer in weg.vertreter
    )


def _contradiction(glaeubiger: Glaeubiger, ort: _Ort) -> tuple[str, str, str] | None:
    """Return code, text and remedy where Land or OLG district cannot be those of the place."""
    moeglich = find_laender(ort.plz)
    if glaeubiger.land is None:
        return None
    if moeglich and glaeubiger.land not in moeglich:
        return (
            "ANTRAG_LAND_PLZ",
            f"Beim Gläubiger steht „land: {glaeubiger.land}“, {ort.plz} {ort.ort} liegt aber in "
            f"{' oder '.join(sorted(moeglich))}; der Antrag ginge an das falsche Mahngericht (§ 689 Abs. 2 ZPO).",
            "„land“ oder die Postleitzahl berichtigen; liegt der Sitz anderswo als die Anschrift, "
            "„sitz: {plz: …, ort: …}“ angeben.",
        )
    bezirk = find_olg_bezirk(ort.plz) if moeglich == {"NW"} else None
    if glaeubiger.olg_bezirk and bezirk and glaeubiger.olg_bezirk != bezirk:
        return (
            "ANTRAG_OLG_PLZ",
            f"Beim Gläubiger steht „olg_bezirk: {glaeubiger.olg_bezirk}“, {ort.plz} {ort.ort} liegt aber "
            f"{_BEZIRKE[bezirk]}; der Antrag ginge an das falsche Mahngericht (§ 689 Abs. 2 ZPO).",
            f"„olg_bezirk: {bezirk}“ angeben; liegt der Sitz anderswo als die Anschrift, "
            "„sitz: {plz: …, ort: …}“ angeben.",
        )
    return None
