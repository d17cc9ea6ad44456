"""Words of a brief that are not about pose or place: what is worn, and how the film is to be."""

from __future__ import annotations

from studio.director.house.lexicon import Lexicon, Table
from studio.director.house.tokens import word_set

GARMENT = Lexicon(
    # English
    "jacket, coat, trench, trench coat, overcoat, raincoat, parka, puffer, puffer jacket, "
    "blazer, suit, tuxedo, vest, waistcoat, shirt, t shirt, tee, tank top, crop top, top, "
    "blouse, sweater, jumper, cardigan, hoodie, sweatshirt, turtleneck, roll neck, knit, "
    "knitwear, dress, gown, skirt, kilt, trousers, pants, jeans, denim, shorts, leggings, "
    "tights, stockings, jumpsuit, overalls, dungarees, bodysuit, corset, lingerie, swimsuit, "
    "bikini, kimono, cape, cloak, poncho, shawl, robe, uniform, tracksuit, shoes, boots, "
    "heels, stilettos, pumps, sandals, loafers, sneakers, trainers, socks, hat, cap, beanie, "
    "beret, fedora, headscarf, hood, scarf, tie, bow tie, gloves, belt, bag, handbag, clutch, "
    "backpack, tote, watch, ring, rings, earring, earrings, necklace, pendant, chain, chains, "
    "bracelet, bracelets, bangles, brooch, choker, jewellery, jewelry, veil, umbrella, "
    "leather, silk, velvet, lace, sequins, fur, tulle, headphones, mask, "
    # German
    "jacke, lederjacke, mantel, anzug, hemd, bluse, pullover, strickjacke, kleid, rock, hose, "
    "jeanshose, schuhe, stiefel, turnschuhe, hut, mütze, schal, krawatte, handschuhe, gürtel, "
    "tasche, handtasche, uhr, kette, halskette, armband, ohrringe, ohrring, schmuck, "
    # French
    "veste, manteau, costume, chemise, chemisier, pull, robe, jupe, pantalon, chaussures, "
    "bottes, baskets, talons, chapeau, casquette, bonnet, écharpe, foulard, cravate, gants, "
    "ceinture, sac, montre, bague, collier, boucles d oreilles, bijoux, blouson, "
    # Spanish
    "chaqueta, abrigo, traje, camisa, blusa, jersey, vestido, falda, pantalones, pantalón, "
    "zapatos, botas, zapatillas, tacones, sombrero, gorra, bufanda, corbata, guantes, "
    "cinturón, bolso, reloj, anillo, collar, pendientes, joyas, "
    # Italian
    "giacca, cappotto, abito, camicia, maglione, vestito, gonna, pantaloni, scarpe, stivali, "
    "tacchi, cappello, sciarpa, cravatta, guanti, cintura, borsa, orologio, anello, collana, "
    "orecchini, gioielli, "
    # Dutch
    "jas, pak, overhemd, trui, jurk, rok, broek, schoenen, laarzen, hoed, pet, sjaal, "
    "stropdas, handschoenen, riem, tas, horloge, ketting, armband, oorbellen, sieraden, "
    # Portuguese
    "casaco, jaqueta, terno, camisa, camiseta, suéter, vestido, saia, calça, calças, sapatos, "
    "botas, tênis, chapéu, boné, cachecol, gravata, luvas, cinto, bolsa, relógio, anel, colar, "
    "brincos, joias",
)

GLASSES = Lexicon(
    "glasses, sunglasses, eyeglasses, spectacles, eyewear, shades, reading glasses, goggles, "
    "aviators, wayfarers, monocle, brille, sonnenbrille, brillen, brillengestell, lunettes, "
    "lunettes de soleil, gafas, gafas de sol, anteojos, lentes de sol, occhiali, "
    "occhiali da sole, bril, zonnebril, óculos, óculos de sol, óculos escuros",
)
DRINKING = Lexicon(
    "wine, champagne, cocktail, martini, drinking, beer, water, shot, of wine, whisky"
)
"""Before or after ``glasses``, these make them of another kind."""

DESCRIBES = Lexicon(
    "red, blue, navy, green, olive, khaki, yellow, orange, pink, purple, violet, brown, tan, "
    "camel, beige, cream, ivory, gold, golden, silver, black, white, grey, gray, burgundy, "
    "teal, turquoise, dark, light, pale, bright, neon, metallic, shiny, glossy, matte, "
    "transparent, sheer, striped, checked, plaid, tartan, polka dot, floral, printed, "
    "patterned, plain, oversized, oversize, fitted, tight, loose, long, short, cropped, wide, "
    "wide leg, slim, high, flat, chunky, platform, heavy, vintage, old, new, classic, "
    "tailored, double breasted, single breasted, leather, suede, denim, silk, satin, velvet, "
    "wool, woollen, cashmere, linen, cotton, knitted, knit, lace, fur, faux fur, sequin, "
    "sequinned, quilted, padded, puffer, ripped, distressed, pleated, ruffled, raw, soft, "
    "warm, thick, thin, bold, tinted, mirrored, round, square, big, large, small, tiny, "
    "delicate, statement, pearl, diamond, rote, roter, rotes, roten, blaue, blauer, blaues, "
    "grüne, schwarze, schwarzer, schwarzes, schwarzen, weiße, weißer, weißes, weißen, graue, "
    "grauer, lange, langer, langes, kurze, große, rouge, bleu, bleue, noir, noire, noires, "
    "blanc, blanche, longue, rojo, roja, rojas, negro, negra, negros, negras, blanco, blanca, "
    "azul, largo, larga, rosso, rossa, nero, nera, neri, nere, bianco, bianca, rode, zwarte, "
    "witte, blauwe, vermelho, vermelha, preto, preta, pretos, branco, branca, de cuir, "
    "en cuir, de cuero, di pelle, de couro",
)
"""What may describe a garment."""
MATERIAL_AFTER = Lexicon(
    "de cuir, en cuir, noir, noire, noires, rouge, bleu, bleue, blanc, blanche, beige, "
    "de cuero, negro, negra, negros, negras, rojo, roja, rojas, blanco, blanca, azul, de seda, "
    "di pelle, nero, nera, neri, nere, rosso, rossa, bianco, bianca, di seta, de couro, preto, "
    "preta, pretos, vermelho, vermelha, branco, branca",
)
"""The same where the language puts it after the noun."""

PACE: Table[float] = Table({
    "slow, slowly, slow paced, slow burn, unhurried, meditative, languid, gentle pace, "
    "slow pace, slow tempo, calm pace, contemplative, langsam, langsame, langsamer, "
    "ruhiges tempo, ruhig geschnitten, lent, lente, lentement, rythme lent, lento, lenta, "
    "ritmo lento, lentamente, langzaam, langzame, rustig tempo, devagar, calmo ritmo": 0.75,
    "slow motion, slow mo, slowmo, very slow, zeitlupe, sehr langsam, au ralenti, ralenti, "
    "cámara lenta, muy lento, rallentatore, al rallentatore, slowmotion, câmera lenta": 0.5,
    "fast paced, fast pace, fast cuts, fast cut, fast cutting, fast edit, fast editing, "
    "quick cuts, quick cut, quick edit, rapid cuts, rapid, rapid fire, snappy, high tempo, "
    "up tempo, uptempo, punchy edit, high energy, energetic edit, fast, quick, quickly, "
    "fast and, faster, breakneck, frenetic, schnell, schnelle schnitte, schnell geschnitten, "
    "schnelles tempo, flott, rasant, rasante, rapide, montage rapide, rythme rapide, rythmé, "
    "rápido, rápida, ritmo rápido, montaje rápido, trepidante, veloce, ritmo veloce, "
    "montaggio veloce, montaggio serrato, snel, snelle, hoog tempo, ritmo acelerado, "
    "acelerado": 1.5,
    "very fast, super fast, lightning fast, hyper fast, sehr schnell, très rapide, muy rápido, "
    "molto veloce, heel snel, muito rápido": 2.0,
})  # fmt: skip
NOT_PACE_BEFORE = Lexicon(
    "fashion, food, car, cars, lane, track, drying, cooker, cooked, dance, train, mode, moda, "
    "sip, dancing, walk, zoom, shutter",
)
"""After ``fast`` and ``slow`` these are not about the cut."""

BRIEF_FORMAT = Lexicon(
    "format, formats, orientation, mode, ratio, aspect, crop, video, film, version, clip, "
    "output, delivery, cut, edit, for, fur, für, pour, para, per, voor, frames, stills, "
    "formato, formaat, quer, hoch",
)
"""Near ``portrait``, ``landscape`` and the like: these make them a ratio and not a subject."""
PLAINLY_FORMAT = Lexicon(
    "vertical, vertically, hochkant, hochformat, querformat, quadratisch, widescreen, "
    "in verticale, na vertical, à la verticale, vertical video, square, square format, "
    "square crop, carré, cuadrado, quadrato, vierkant, quadrado",
)
"""Always a ratio, unless a garment or pattern follows."""
PATTERN = Lexicon(
    "texture, pattern, print, stripes, striped, stripe, neck, neckline, shoulder, shoulders, toe, "
    "toes, jaw, jawline, "
    "frame, frames, lines, line, glasses, sunglasses, pattern, patterns, scarf, bag, cut, "
    "garden, pocket, heel, heels",
)
NOT_LOOP = Lexicon(
    "belt loop, loop earrings, loop earring, hoop, loops of, belt loops, loop scarf, loop stitch"
)

LOOP = Lexicon(
    "loop, loops, looped, looping, loopable, seamless loop, endless loop, infinite loop, "
    "perfect loop, endlosschleife, als schleife, in schleife, en boucle, en bucle, in loop, "
    "em loop, in een lus",
)
ELSEWHERE = Lexicon(
    "reels, reel, instagram reels, tiktok, tik tok, youtube shorts, instagram story, "
    "instagram stories, snapchat, stories",
)
"""Shown upright."""
FOR = Lexicon(
    "for, für, pour, para, per, voor, on, auf, sur, en, su, op, no, instagram",
)
LOOSE = word_set(
    "top watch ring tie cap pumps hood cape mask chain train tails pak costume pet set kette"
)
"""Garments by chance: only after an article, a colour or the like."""
BEFORE_GARMENT = Lexicon(
    "a, an, the, her, his, my, your, their, with, and, in, wearing, wears, one, two, eine, "
    "ein, einen, der, die, das, mit, und, une, un, la, le, avec, et, una, el, con, y, il, e, "
    "een, de, met, en, um, uma, com, o",
)
