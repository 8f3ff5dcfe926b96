"""Facts of the creditor that contradict each other and would name the wrong dunning court (§ 689 (2) ZPO)."""

from mahnakte.antrag.aus_fall.maengel import Maengelliste
from mahnakte.arten.partei import WEG
from mahnakte.fall.partei import Glaeubiger
from mahnakte.recht.orte import find_laender, find_olg_bezirk

_BEZIRKE = {"koeln": "im Bezirk des OLG Köln", "sonst": "außerhalb des Bezirks des OLG Köln"}


def check_mahngerichtsland(glaeubiger: Glaeubiger, liste: Maengelliste) -> None:
    """Refuse a Land or OLG district in which the creditor's seat (§ 17 ZPO), else his address, cannot lie.

    A postcode on a border or unknown to the lists contradicts nothing; for a WEG the property decides (§ 43 WEG).
    """
    if glaeubiger.staat != "DE" or glaeubiger.art == WEG.wort or glaeubiger.land is None:
        return
    ort = glaeubiger.sitz or glaeubiger
    moeglich = find_laender(ort.plz)
    if moeglich and glaeubiger.land not in moeglich:
        liste.refuse(
            "ANTRAG_LAND_PLZ",
            f"Beim Gläubiger steht „land: {glaeubiger.land}“, {ort.plz} {ort.ort} liegt aber in "
            f"{' oder '.join(sorted(moeglich))}; der Antrag ginge an das falsche Mahngericht (§ 689 Abs. 2 ZPO).",
            "„land“ oder die Postleitzahl berichtigen; liegt der Sitz anderswo als die Anschrift, "
            "„sitz: {plz: …, ort: …}“ angeben.",
            glaeubiger.stelle,
        )
        return
    bezirk = find_olg_bezirk(ort.plz) if moeglich == {"NW"} else None
    if glaeubiger.olg_bezirk and bezirk and glaeubiger.olg_bezirk != bezirk:
        liste.refuse(
            "ANTRAG_OLG_PLZ",
            f"Beim Gläubiger steht „olg_bezirk: {glaeubiger.olg_bezirk}“, {ort.plz} {ort.ort} liegt aber "
            f"{_BEZIRKE[bezirk]}; der Antrag ginge an das falsche Mahngericht (§ 689 Abs. 2 ZPO).",
            f"„olg_bezirk: {bezirk}“ angeben; liegt der Sitz anderswo als die Anschrift, "
            "„sitz: {plz: …, ort: …}“ angeben.",
            glaeubiger.stelle,
        )
