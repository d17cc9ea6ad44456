"""Words that typing errors are mended to, and words that only look like errors."""

from __future__ import annotations

from studio.director.house.tokens import word_set

MENDABLE = word_set(
    "continue proceed approve approved next forward good great looks perfect beautiful "
    "excellent frame frames clip clips video videos contact sheet hero resize regenerate "
    "modify revise redo retry cancel stitch animate assemble background backdrop vertical "
    "horizontal square landscape portrait original aspect ratio speed loop easing linear "
    "everything except previous version take seated sitting leaning walking standing "
    "industrial concrete studio white black darker brighter lighter warmer cooler softer "
    "edgier closer tighter jacket remove change weiter weitermachen fortfahren abbrechen "
    "hintergrund schwarz dunkler heller wärmer bilder geschwindigkeit schleife hochformat "
    "querformat quadratisch continuer parfait suivant recommence réessayer annuler vitesse "
    "boucle images continuar continúa siguiente adelante perfecto cancelar velocidad imágenes "
    "continua avanti perfetto annulla riprova velocità immagini doorgaan verder volgende "
    "annuleren snelheid beelden próximo perfeito imagens velocidade"
)
RIGHT = word_set(
    "blank block slack while whole write shower shoulder continued continues contained "
    "container framed flames cancels cancelling canceling portraits approves approval improve "
    "lighten brighten warmth blackened whiten whitened speedy looped looping clipped close "
    "closed closet squares spread spare perfectly perfection gold goods goodness greet treat "
    "grade contract contrast contacts contact sheets sheer shear steed stitches stitched "
    "resizes resized modified modern model models remote removed removes charge changed "
    "changes range versions takes taken tale tame lop lope hope shoe here hers heroes text "
    "nest best rest test ration ratios seat seats heated leading learning talking waking "
    "banding landing retro entry dry revised reviewed review advise device remodel radio bold "
    "loose look book lips clap flip slip chip ship skip tips hips verso verde perfecto "
    "perfecta perfetta perfeita suivante siguientes vertically horizontally verticale "
    "verticales verticals originals originale originally landscapes sitter fitting setting "
    "hitting splitting leaving meaning cleaning leather weather warmers warm cool soft dark "
    "bright light lights lightly slightly blacks whites whiter whitish backdrops backgrounds "
    "backlit jackets packet racket bracket continually continual continuous continuously "
    "continuity except excepted accept expect aspects respect inspect"
)
"""Never mended, though they stand close to a word that is."""

MISSPELT = {
    "rezise": "resize",
    "resise": "resize",
    "continiue": "continue",
    "contniue": "continue",
    "kontinue": "continue",
    "regererate": "regenerate",
    "verticle": "vertical",
    "backround": "background",
    "sqaure": "square",
}
"""Frequent, and more than a slip away."""
