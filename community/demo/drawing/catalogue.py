"""Which drawing belongs to which product, and on which ground it lies."""

from collections.abc import Callable

from PIL import Image

from community.demo.drawing import bottoms, dresses, gear, outerwear, tops
from community.demo.drawing.pen import Sheet, oval

SAND, SAGE, CLAY, MIST = ("#efe6d6", "#e3d6bd"), ("#e4e6d8", "#d3d8c2"), ("#f0dfd2", "#e6cdbb"), ("#e0e5e6", "#cdd6d8")

DRAWINGS: dict[str, tuple[Callable[[Sheet], None], tuple[str, str]]] = {
    "tarnside-knit-dress": (dresses.tarnside_knit_dress, CLAY),
    "harebell-summer-dress": (dresses.harebell_summer_dress, SAGE),
    "fellside-shirt-dress": (dresses.fellside_shirt_dress, SAND),
    "alder-long-sleeve-tee": (tops.alder_long_sleeve_tee, MIST),
    "heron-tunic": (tops.heron_tunic, SAND),
    "wren-blouse": (tops.wren_blouse, SAGE),
    "linnet-plaid-shirt": (tops.linnet_plaid_shirt, CLAY),
    "drover-wool-sweater": (tops.drover_wool_sweater, MIST),
    "marram-cardigan": (tops.marram_cardigan, SAGE),
    "coppice-jeans": (bottoms.coppice_jeans, SAND),
    "wayside-trousers": (bottoms.wayside_trousers, CLAY),
    "sedge-skirt": (bottoms.sedge_skirt, MIST),
    "shoreline-shorts": (bottoms.shoreline_shorts, CLAY),
    "underfell-fleece-leggings": (bottoms.underfell_fleece_leggings, SAND),
    "hearth-lounge-pants": (bottoms.hearth_lounge_pants, SAGE),
    "bramble-field-jacket": (outerwear.bramble_field_jacket, SAND),
    "mardale-wool-coat": (outerwear.mardale_wool_coat, MIST),
    "kestrel-rain-shell": (outerwear.kestrel_rain_shell, SAGE),
    "cairn-28-rucksack": (gear.cairn_28_rucksack, SAND),
    "rook-rain-cover": (gear.rook_rain_cover, MIST),
    "glow-worm-350-head-torch": (gear.glow_worm_350_head_torch, CLAY),
    "beck-750-insulated-bottle": (gear.beck_750_insulated_bottle, SAND),
    "ridgeback-2-tent": (gear.ridgeback_2_tent, MIST),
    "tarn-merino-socks": (gear.tarn_merino_socks, CLAY),
    "bothy-camp-blanket": (gear.bothy_camp_blanket, SAGE),
}


def picture_of(slug: str) -> Image.Image:
    """The product's illustration, 800 × 600. About a quarter of a second."""
    draw, (ground, disc) = DRAWINGS[slug]
    sheet = Sheet(ground)
    sheet.fill(oval(0, 305, 250, 250), disc)
    draw(sheet)
    return sheet.finished()
