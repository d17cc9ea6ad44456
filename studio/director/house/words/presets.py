"""Words for poses and backgrounds, and the moods that customarily bring both."""

from __future__ import annotations

from dataclasses import dataclass

from studio.director.house.lexicon import Lexicon, Table
from studio.presets import Background, Pose

POSE: Table[Pose] = Table({
    "confident standing, standing, stand up, standing up, upright pose, standing tall, "
    "stehend, im stehen, stehen, debout, de pie, in piedi, staand model, em pé, de pé":
    "confident-standing",
    "seated editorial, seated, sitting, sit, sits, sit down, sitting down, sat, on a chair, "
    "on a stool, in a chair, on a sofa, on a couch, perched, sitzend, sitzende, sitzen, "
    "im sitzen, sitzt, hinsetzen, hingesetzt, auf einem stuhl, auf einem hocker, assis, "
    "assise, asseoir, asseyez, assieds, sentado, sentada, sentados, sentarse, siéntala, "
    "siéntalo, siéntate, seduto, seduta, sedersi, sedute, zittend, zitten, zittende, "
    "laat zitten, sentar, sente": "seated-editorial",
    "leaning casual, leaning, lean, leans, lean back, leaning back, leaning against the wall, "
    "against a wall, against the wall, angelehnt, anlehnen, lehnend, lehnt, gelehnt, adossé, "
    "adossée, appuyé, appuyée, apoyado, apoyada, apoyarse, apoyándose, recostado, recostada, "
    "appoggiato, appoggiata, appoggiarsi, leunend, leunen, leunt, leunende, encostado, "
    "encostada, apoiado, apoiada": "leaning-casual",
    "editorial drama, dramatic pose, sculptural pose, angular pose, power pose, "
    "editorial pose, high fashion pose, dramatische pose, pose dramatique, pose dramática, "
    "posa drammatica":
    "editorial-drama",
    "relaxed natural, relaxed pose, natural pose, candid pose, unposed, candid, "
    "entspannte pose, natürliche pose, pose naturelle, pose détendue, pose natural, "
    "pose relajada, posa naturale, posa rilassata, natuurlijke pose, "
    "pose relaxada": "relaxed-natural",
    "street walk, walking, walk, walks, striding, stride, mid stride, strutting, strolling, "
    "on the move, in motion, running, gehend, laufend, laufen, läuft, gehen, geht, im gehen, "
    "im laufen, en marchant, marchant, en mouvement, caminando, caminar, andando, camminando, "
    "camminare, camminata, lopend, lopen, wandelend, caminhando, a andar": "street-walk",
    "urban lean, leaning on a railing, leaning on a car, leaning on a lamp post, "
    "leaning against a car, leaning on street furniture, against a railing, against a car, "
    "leaning against a lamp post, leaning on a bike, leaning on a motorcycle": "urban-lean",
})  # fmt: skip

BACKGROUND: Table[Background] = Table({
    "studio grey, studio gray, grey background, gray background, on grey, on gray, "
    "grey backdrop, gray backdrop, on a grey background, on a gray background, grey seamless, "
    "gray seamless, grey paper, gray paper, against grey, against gray, grey studio, "
    "gray studio, mid grey, neutral grey, grey wall, gray wall, grauer hintergrund, "
    "grauem hintergrund, grauen hintergrund, auf grau, graues studio, fond gris, "
    "sur fond gris, fondo gris, sfondo grigio, grijze achtergrond, fundo cinza, "
    "fundo cinzento": "studio-grey",
    "studio white, white background, on white, white backdrop, white cyc, cyc, cyclorama, "
    "white cyclorama, white seamless, white paper, white studio, against white, plain white, "
    "pure white, infinity cove, white wall, high key, weißer hintergrund, weißem hintergrund, "
    "weißen hintergrund, auf weiß, vor weiß, hintergrund weiß, hohlkehle, weißes studio, "
    "fond blanc, sur blanc, sur fond blanc, arrière plan blanc, fondo blanco, sobre blanco, "
    "fundo branco, sfondo bianco, su bianco, witte achtergrond, op wit, wit decor, "
    "ciclorama": "studio-white",
    "studio black, black background, on black, black backdrop, black studio, against black, "
    "black seamless, black paper, pitch black, black void, low key, plain black, pure black, "
    "dark background, dark backdrop, black wall, schwarzer hintergrund, schwarzem hintergrund, "
    "schwarzen hintergrund, hintergrund schwarz, auf schwarz, vor schwarz, schwarzes studio, "
    "dunkler hintergrund, dunklem hintergrund, fond noir, sur noir, sur fond noir, "
    "arrière plan noir, fond sombre, fondo negro, sobre negro, fondo oscuro, fundo preto, "
    "fundo escuro, sobre preto, sfondo nero, su nero, sfondo scuro, zwarte achtergrond, "
    "donkere achtergrond, op zwart": "studio-black",
    "industrial, concrete, warehouse, factory, workshop, brutalist, bare concrete, loft, "
    "scaffolding, machine hall, industriehalle, fabrik, fabrikhalle, beton, lagerhalle, "
    "werkhalle, industriell, industrielle, industriellen, béton, usine, entrepôt, industriel, "
    "hormigón, fábrica, almacén, nave industrial, cemento, fabbrica, magazzino, capannone, "
    "industriale, fabriek, loods, industrieel, concreto, armazém, betão, galpão": "industrial",
    "warm daylight, golden hour, sunset, sunrise, sunlit, sunlight, late sun, window light, "
    "warm window, sun drenched, afternoon light, evening light, morning light, goldene stunde, "
    "goldenen stunde, abendsonne, abendlicht, sonnenuntergang, fensterlicht, sonnenlicht, "
    "warmes tageslicht, heure dorée, coucher de soleil, lumière du soir, lumière dorée, "
    "hora dorada, atardecer, puesta de sol, luz de ventana, luz dorada, ora d oro, tramonto, "
    "luce dorata, gouden uur, zonsondergang, avondlicht, pôr do sol, hora dourada, "
    "luz dourada": "warm-daylight",
    "color gel, colour gel, color gels, colour gels, gels, gelled, neon, neons, neon light, "
    "neon lights, coloured light, colored light, coloured lights, colored lights, "
    "coloured gels, colored gels, farbfolien, farbfolie, farbiges licht, neonlicht, "
    "neonlichter, gélatine, gélatines, néon, néons, luces de neón, neón, luz de color, "
    "gelatina, gelatine, luci al neon, gekleurd licht, luzes neon, luz colorida": "color-gel",
    "outdoor urban, outdoor, outdoors, outside, city street, street, streets, on the street, "
    "in the street, in the city, city, cityscape, downtown, alley, alleyway, sidewalk, "
    "pavement, crosswalk, rooftop, subway, underpass, urban, straße, auf der straße, "
    "in der stadt, stadt, draußen, im freien, gasse, urbane, urbanen, rue, dans la rue, "
    "en ville, dehors, extérieur, urbain, calle, en la calle, ciudad, fuera, exterior, "
    "al aire libre, urbano, strada, per strada, in città, città, all aperto, fuori, straat, "
    "op straat, buiten, stad, rua, na rua, cidade, ao ar livre, lá fora": "outdoor-urban",
})  # fmt: skip

COLOUR: Table[Background] = Table({
    "grey, gray, grau, grauer, grauem, grauen, gris, grigio, grijs, cinza": "studio-grey",
    "white, weiß, weißer, weißem, weißen, blanc, blanco, bianco, wit, branco": "studio-white",
    "black, schwarz, schwarzer, schwarzem, schwarzen, noir, negro, nero, zwart, "
    "preto": "studio-black",
    "neon": "color-gel",
})  # fmt: skip
BACKDROP = Lexicon(
    "background, backdrop, cyc, seamless, wall, hintergrund, fond, arrière plan, fondo, "
    "sfondo, achtergrond, fundo, backgrounds, backdrops",
)
"""Where a colour is named for the place and not for a garment."""


@dataclass(frozen=True, slots=True)
class Mood:
    """A customary pairing. A ``place`` decides the background first, any other the pose."""

    name: str
    pose: Pose
    background: Background
    place: bool = False


EDGY = Mood("edgy", "editorial-drama", "studio-black")
CASUAL = Mood("easygoing", "relaxed-natural", "studio-grey")
STREET = Mood("street style", "street-walk", "outdoor-urban", place=True)
CLEAN = Mood("clean", "confident-standing", "studio-white")
RAW = Mood("industrial", "leaning-casual", "industrial", place=True)
WARM = Mood("soft", "seated-editorial", "warm-daylight", place=True)
COLOURFUL = Mood("colourful", "editorial-drama", "color-gel", place=True)

MOOD: Table[Mood] = Table({
    "edgy, edgier, edge, dramatic, drama, bold, bolder, fierce, moody, dark, gothic, goth, "
    "punk, rebellious, intense, avant garde, sharp, high fashion, theatrical, daring, severe, "
    "sultry, film noir, kantig, kantige, kantiges, dramatisch, dramatische, dramatischer, "
    "dramatisches, dramatischen, düsteres, mutiges, gewagtes, mutig, düster, düstere, gewagt, "
    "audacieux, audacieuse, dramatique, sombre, rebelle, osé, audaz, atrevido, atrevida, "
    "dramático, dramática, oscuro, oscura, intenso, audace, drammatico, drammatica, deciso, "
    "cupo, stoer, gedurfd, gedurfde, donker, ousado, ousada, sombrio": EDGY,
    "casual, relaxed, laid back, laidback, effortless, easygoing, easy going, chill, natural, "
    "unforced, loose, off duty, weekend, comfy, simple, lässig, lässige, lässiges, lässigen, "
    "entspannt, entspannte, entspanntes, locker, lockeres, natürliches, natürlich, natürliche, "
    "décontracté, décontractée, détendu, détendue, naturel, naturelle, informal, relajado, "
    "relajada, desenfadado, rilassato, rilassata, naturale, disinvolto, ontspannen, "
    "nonchalant, natuurlijk, relaxado, relaxada, descontraído, despojado": CASUAL,
    "street, streetwear, street style, urban, city, metropolitan, skate, skater, hip hop, "
    "graffiti, downtown, straße, urbane, urbanes, urbanen, städtisches, städtisch, rue, "
    "urbain, urbaine, calle, callejero, urbano, urbana, strada, straat, stedelijk, stedelijke, "
    "rua": STREET,
    "professional, clean, minimal, minimalist, minimalistic, corporate, business, commercial, "
    "e commerce, ecommerce, catalogue, catalog, lookbook, crisp, polished, sleek, elegant, "
    "classic, timeless, refined, formal, professionell, professionelle, professionelles, "
    "sauber, saubere, sauberes, schlicht, schlichtes, klassisches, klar, minimalistisch, "
    "minimalistische, seriös, klassisch, professionnel, professionnelle, épuré, épurée, "
    "propre, sobre, minimaliste, profesional, limpio, limpia, minimalista, elegante, sobrio, "
    "professionale, pulito, pulita, professioneel, professionele, strak, strakke, zakelijk, "
    "profissional, limpo, limpa, clássico": CLEAN,
    "industrial, raw, gritty, rough, rugged, warehouse, factory, concrete, brutalist, "
    "utilitarian, workwear, grunge, grungy, industriell, industrielle, industrielles, "
    "industriellen, roh, rohe, rohes, rau, raue, raues, brut, brute, industriel, crudo, cruda, "
    "áspero, grezzo, grezza, industriale, rauw, rauwe, ruw, ruwe, industrieel, cru, crua, "
    "bruto": RAW,
    "warm, soft, softer, gentle, tender, romantic, dreamy, cosy, cozy, intimate, golden, "
    "golden hour, sunlit, sunny, sun kissed, summery, nostalgic, mellow, delicate, feminine, "
    "warme, warmer, warmes, weich, weiche, weiches, sanft, sanfte, sanftes, romantisches, "
    "romantisch, romantische, verträumt, gemütlich, chaleureux, chaleureuse, chaud, chaude, "
    "doux, douce, romantique, tendre, cálido, cálida, suave, romántico, romántica, tierno, "
    "caldo, calda, morbido, morbida, romantico, romantica, dolce, zacht, zachte, quente, "
    "romântico, romântica, aconchegante": WARM,
    "colourful, colorful, vibrant, vivid, neon, pop, psychedelic, saturated, playful, "
    "electric, disco, eighties, 80s, rave, club, fluorescent, candy, rainbow, technicolor, "
    "bunt, bunte, buntes, farbenfroh, farbenfrohe, farbenfrohes, knallig, knallige, knalliges, "
    "lebendiges, lebendig, lebendige, verspielt, coloré, colorée, vif, vive, vibrante, "
    "acidulé, colorido, colorida, alegre, vivo, colorato, colorata, vivace, acceso, kleurrijk, "
    "kleurrijke, levendig, levendige, fel, divertido": COLOURFUL,
})  # fmt: skip

AGAINST = Lexicon(
    "not, no, without, nothing, anything but, everything but, never, less, instead of, "
    "rather than, than, avoid, dont want, remove, lose, drop, get rid of, too, isnt, dont, "
    "stop, nicht, kein, keine, keinen, ohne, weniger, statt, anstatt, zu, nichts, pas, pas de, "
    "sans, moins, au lieu de, plutôt que, trop, ne, rien de, sin, menos, en lugar de, "
    "en vez de, nada de, demasiado, non, senza, meno, invece di, al posto di, troppo, niente, "
    "niet, geen, zonder, minder, in plaats van, te, não, sem, em vez de, demais",
)
"""What follows closely is not wanted."""

MATERIAL = Lexicon(
    "bold, raw, soft, softer, warm, dark, rough, rugged, sharp, clean, crisp, loose, delicate, "
    "gold, golden, neon, natural, simple, gentle, oscuro, oscura, suave, sombre, doux, douce, "
    "scuro, morbido, weich, weiche, dunkel, warme, warmer, warmes, roh, rohe, donker, zacht, "
    "zachte, cálido, quente, minimal",
)
"""Moods that before a garment only say what it is made like."""

AWAY_FROM = Lexicon(
    "from, out of, away from, replace, swap, change, switch, turn, von, weg von, ersetze, "
    "ersetzen, tausche, de, du, remplace, remplacer, cambia, reemplaza, sustituye, da, dal, "
    "sostituisci, van, vervang, do, troca, troque, substitui",
)
"""What follows is left behind, up to the word that says for what."""

TURN = Lexicon(
    "to, with, for, by, into, zu, auf, in, durch, gegen, nach, à, par, pour, en, a, al, por, "
    "con, per, di, naar, door, met, voor, para, com",
)
"""Leads from what is left behind to what comes instead."""

BUT = Lexicon(
    "and a, and an, and the, et un, et une, und ein, und eine, y un, y una, e un, e una, e um, "
    "e uma, en een, but, rather, instead, sondern, aber, lieber, mais, plutôt, sino, pero, ma, "
    "bensì, maar, mas, e sim, sim",
)
"""Takes back a refusal for what follows."""
