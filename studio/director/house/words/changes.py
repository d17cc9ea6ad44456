"""How a wish for a picture sounds: verbs, comparatives, what one sees; and how a complaint does."""

from __future__ import annotations

import re

from studio.director.house.lexicon import Lexicon
from studio.director.house.tokens import word_set

VERB = Lexicon(
    # English
    "make, open, close, shut, add, remove, lose, drop, give, put, turn, change, swap, replace, "
    "use, try, try again with, retry with, redo with, again with, go for, go darker, "
    "go lighter, go brighter, go closer, go wider, go with, go more, go less, lets go with, "
    "lets try, lets have, lets make, lets get, bring, get, get rid of, have, keep, show, need, "
    "needs, want, i want, id like, i would like, id love, i would love, id prefer, i prefer, "
    "we want, we need, should, must, has to, have to, ought to, fix, correct, move, tilt, "
    "raise, lower, lift, drop, crop, zoom, blur, brighten, lighten, darken, soften, sharpen, "
    "warm, warm up, cool down, relight, tone down, push, pull, pull back, set, restyle, "
    "dress her, dress him, undress, pose, sit, stand, lean, walk, smile, hold, wear, take off, "
    "take away, take out, take the, take her, take him, take them, take it, roll, roll up, "
    "tuck, tie, untie, button, unbutton, zip up, unzip, fold, cross her, uncross, wet the, "
    "uncover, hide, reveal, reduce, increase, boost, enhance, emphasise, emphasize, "
    "exaggerate, simplify, clean up, tidy, straighten, rotate, flip, mirror, reframe, "
    "recompose, shoot, reshoot, redo, rework, revise, retouch, rearrange, adjust, alter, "
    "tweak, modify, edit, update, dial, dial up, dial down, swing, point, desaturate, "
    "saturate, pump, stop smiling, stop, avoid, switch, swap out, exchange, lets see, "
    "play with, play up, introduce, include, shift, place, position, stretch, bend, arch, "
    "shave, shorten, lengthen, spread, relax, loosen, tighten, paint, dye, curl, comb, "
    "let her, let him, let it, let the, let them, allow, ask her, ask him, tell her, tell him, "
    "start, apply, see, be, let, crank up, mess up, mess it up, frame her, frame him, "
    "different, new, new hero, new pose, "
    # German
    "mach, mache, machen, macht, öffne, öffnen, schließ, schließe, schließen, entferne, "
    "entfernen, weg, hinzu, füge, gib, gebt, setz, setze, setzen, dreh, drehe, drehen, ändere, "
    "ändern, wechsle, wechseln, tausche, tauschen, nimm, lass, lasse, zeig, zeige, bring, "
    "stell, stelle, soll, sollte, sollen, sollten, muss, müsste, brauche, brauchen, braucht, "
    "hätte gern, hätte gerne, hätten gern, will, möchte, möchten, wünsche, ersetze, ersetzen, "
    "reduziere, erhöhe, verstärke, helle, aufhellen, abdunkeln, zieh, heb, hebe, senk, senke, "
    "probier, probiere, versuch, versuche, zuknöpfen, aufknöpfen, abnehmen, ausziehen, "
    "anziehen, andere, anderer, anderes, anderen, "
    # French
    "fais, faire, faites, mets, mettre, mettez, ouvre, ouvrir, ouvrez, ferme, fermer, enlève, "
    "enlever, enlevez, ajoute, ajouter, ajoutez, retire, retirer, change, changer, changez, "
    "remplace, remplacer, donne, donner, rends, rendre, baisse, baisser, lève, lever, tourne, "
    "tourner, utilise, montre, garde, je veux, je voudrais, j aimerais, on voudrait, il faut, "
    "il faudrait, doit, devrait, essaie, essaye, essayons, assombris, assombrir, éclaircis, "
    "éclaircir, adoucis, adoucir, réduis, augmente, un autre, une autre, d autres, "
    # Spanish
    "haz, hazlo, hazla, hacer, pon, ponle, ponla, ponlo, poner, abre, abrir, cierra, cerrar, "
    "quita, quítale, quítalo, quitar, añade, añadir, agrega, agregar, cambia, cambiar, "
    "reemplaza, sustituye, da, dale más, sube, baja, gira, usa, muestra, quiero, quisiera, "
    "me gustaría, necesito, debe, debería, tiene que, prueba, probemos, oscurece, aclara, "
    "suaviza, reduce, aumenta, otro, otra, elimina, "
    # Italian
    "fai, falla, fallo, rendi, rendila, rendilo, rendere, metti, mettila, mettilo, mettere, "
    "apri, aprire, chiudi, togli, toglile, togliere, aggiungi, aggiungere, cambia, cambiare, "
    "sostituisci, dai, alza, abbassa, gira, usa, mostra, voglio, vorrei, vorremmo, deve, "
    "dovrebbe, serve, prova, proviamo, scurisci, schiarisci, ammorbidisci, riduci, aumenta, "
    "un altro, un altra, elimina, "
    # Dutch
    "maak, maken, doe, zet, open, sluit, verwijder, haal, voeg, geef, verander, vervang, "
    "draai, til, laat, gebruik, toon, wil, ik wil, zou graag, moet, mag, probeer, verzacht, "
    "verminder, verhoog, andere, een andere, "
    # Portuguese
    "faz, faça, fazer, deixa, deixe, deixar, põe, ponha, coloca, coloque, colocar, abre, abra, "
    "fecha, feche, tira, tire, tirar, remove, remova, adiciona, adicione, acrescenta, muda, "
    "mude, mudar, troca, troque, dá, sobe, baixa, vira, usa, mostra, quero, queria, gostaria, "
    "precisa, deve, deveria, tenta, escurece, clareia, suaviza, diminui, aumenta, outro, outra",
)
"""Imperatives and wishes. A wish begins with one, or has a wishing word within."""

WISH = Lexicon(
    "should be, should have, should look, should, needs, need, needs to, must, must be, "
    "has to, want, id like, i would like, id love, id prefer, instead, id rather, soll, "
    "sollte, sollen, sollten, muss, braucht, möchte, hätte gern, lieber, statt, doit, devrait, "
    "voudrais, faut, plutôt, au lieu, debe, debería, quiero, quisiera, necesita, en vez, "
    "en lugar, deve, dovrebbe, vorrei, voglio, invece, serve, moet, wil, liever, in plaats, "
    "precisa, deveria, quero, gostaria, em vez",
)

COMPARATIVE = Lexicon(
    "darker, brighter, lighter, warmer, cooler, colder, softer, harder, sharper, edgier, "
    "moodier, bolder, tighter, looser, closer, wider, longer, shorter, higher, lower, bigger, "
    "smaller, larger, cleaner, richer, deeper, punchier, grittier, rawer, sexier, happier, "
    "sadder, stronger, calmer, wilder, fresher, crisper, flatter, slimmer, taller, younger, "
    "older, smoother, steadier, quieter, rougher, shinier, glossier, nearer, further, farther, "
    "bluer, redder, greener, yellower, simpler, messier, sleeker, thicker, thinner, fuller, "
    "wetter, drier, dryer, louder, tougher, prettier, fiercer, straighter, grainier, blurrier, "
    "hazier, subtler, gentler, meaner, more, less, fewer, a bit, a little, a touch, a tad, "
    "slightly, much more, extra, additional, enough, not so, not as, not that, too, too much, "
    "too many, way too, a bit too, not enough, enough of, dunkler, heller, wärmer, kälter, "
    "kühler, weicher, härter, schärfer, kantiger, lässiger, mutiger, frecher, enger, näher, "
    "größer, kleiner, länger, kürzer, ruhiger, moderner, dramatischer, natürlicher, ernster, "
    "bunter, sanfter, stärker, schwächer, tiefer, höher, lockerer, strenger, mehr, weniger, "
    "etwas, ein bisschen, bisschen, ein wenig, zu, nicht so, zu viel, zu wenig, genug, "
    "plus de, plus, moins, moins de, un peu, un peu plus, un peu moins, trop, trop de, "
    "pas assez, pas si, davantage, más, menos, un poco, un poco más, demasiado, demasiada, "
    "muy poco, no tan, più, meno, un po, un po più, troppo, troppa, troppe, troppi, non così, "
    "donkerder, lichter, kouder, zachter, scherper, stoerder, strakker, dichterbij, groter, "
    "langer, korter, rustiger, ruiger, meer, minder, iets, een beetje, te donker, te licht, "
    "te fel, te hard, te koud, te warm, te groot, te klein, te rood, te druk, te saai, "
    "te weinig, te veel, niet zo, mais, um pouco, um pouco mais, demais, muito escuro, "
    "muito escura, muito claro, muito clara, muito forte, muito frio, muito quente, não tão, "
    "bem mais",
)
"""More or less of something. ``too`` names its direction, too."""
COMPARATIVE_ENDING = re.compile(r"[a-z]{3,}(?:ier|ischer|licher|iger)")
NOT_COMPARATIVE = word_set(
    "earlier premier soldier courier barrier carrier frontier cavalier pannier atelier "
    "glacier papier metier quartier particulier bisschen manier portier bottlier hotelier "
    "chandelier"
)

FRAGMENT = Lexicon(
    "another, without, with, no, in a, in the, on a, against, in front of, behind, under, wearing, "
    "dressed in, without the, full of, plus, minus, like a, like in, as a, as if, looking, "
    "facing, ohne, mit, kein, keine, keinen, vor, in einem, in einer, auf einem, sans, avec, "
    "pas de, dans, devant, en, sin, con, nada de, delante de, senza, niente, davanti, zonder, "
    "met, geen, voor een, sem, com, na frente de",
)
"""Begins a wish without a verb."""

SEEN = Lexicon(
    "hair, jacket, coat, hat, cap, beanie, light, lighting, flash, shadow, shadows, "
    "highlights, lipstick, lips, makeup, make up, eyeliner, mascara, eyes, eye, gaze, look, "
    "stare, smile, expression, face, skin, hand, hands, arm, arms, leg, legs, foot, feet, "
    "shoulder, shoulders, head, chin, neck, back, body, pose, posture, stance, attitude, mood, "
    "vibe, atmosphere, energy, colour, color, colours, colors, tone, tones, contrast, grain, "
    "saturation, exposure, background, backdrop, wall, floor, set, studio, glasses, "
    "sunglasses, shades, earring, earrings, ring, rings, necklace, watch, bracelet, jewellery, "
    "jewelry, bag, handbag, belt, scarf, gloves, glove, shoes, shoe, boots, boot, heels, "
    "sneakers, trainers, socks, trousers, pants, jeans, skirt, dress, shirt, t shirt, tee, "
    "top, blouse, sweater, jumper, hoodie, suit, blazer, vest, collar, sleeve, sleeves, "
    "buttons, zip, hem, fabric, leather, denim, silk, wool, logo, outfit, clothes, wardrobe, "
    "styling, model, angle, angles, camera, lens, crop, crops, close up, close ups, framing, "
    "composition, focus, motion, movement, wind, water, smoke, fog, haze, rain, snow, chair, "
    "stool, prop, props, texture, detail, details, shine, sweat, freckles, tattoo, tattoos, "
    "portrait, profile, silhouette, reflection, reflections, haare, haar, jacke, mantel, hut, "
    "mütze, licht, blitz, schatten, lippenstift, augen, blick, lächeln, gesicht, haut, hände, "
    "kopf, kinn, haltung, stimmung, farbe, farben, kontrast, korn, hintergrund, wand, brille, "
    "sonnenbrille, schuhe, stiefel, hose, rock, kleid, hemd, anzug, kragen, ärmel, ausdruck, "
    "cheveux, veste, manteau, chapeau, lumière, ombre, ombres, rouge à lèvres, maquillage, "
    "yeux, regard, sourire, visage, peau, mains, main, tête, couleur, couleurs, contraste, "
    "fond, mur, lunettes, chaussures, bottes, pantalon, jupe, robe, chemise, écharpe, "
    "ambiance, pelo, chaqueta, abrigo, sombrero, luz, sombra, sombras, labios, maquillaje, "
    "ojos, mirada, sonrisa, cara, piel, manos, cabeza, colores, fondo, pared, gafas, zapatos, "
    "botas, pantalón, falda, vestido, camisa, bufanda, postura, ambiente, capelli, giacca, "
    "cappotto, cappello, luce, ombra, rossetto, trucco, occhi, sguardo, sorriso, viso, pelle, "
    "mani, testa, colore, colori, contrasto, sfondo, muro, occhiali, scarpe, stivali, "
    "pantaloni, gonna, abito, camicia, sciarpa, posa, atmosfera, haren, jas, hoed, pet, "
    "schaduw, ogen, blik, glimlach, gezicht, huid, handen, hoofd, kleur, kleuren, achtergrond, "
    "muur, bril, zonnebril, schoenen, laarzen, broek, rok, jurk, sjaal, houding, sfeer, "
    "cabelo, casaco, jaqueta, chapéu, batom, maquiagem, olhos, olhar, rosto, pele, mãos, "
    "cabeça, cor, cores, fundo, parede, óculos, sapatos, calça, saia, cachecol, clima",
)
"""What a picture is made of."""

LOOKS = Lexicon(
    "red, blue, green, yellow, orange, pink, purple, brown, beige, gold, golden, silver, "
    "black, white, grey, gray, wet, dry, open, closed, shut, long, short, loose, tight, hard, "
    "soft, dark, bright, bold, warm, cold, cool, moody, dramatic, messy, slick, sleek, "
    "straight, curly, natural, strong, deep, low, high, wide, narrow, big, small, oversized, "
    "fitted, cropped, glossy, matte, matt, shiny, grainy, blurred, sharp, saturated, "
    "desaturated, monochrome, relaxed, serious, smiling, laughing, neutral, intense, softer, "
    "harder, up, down, off, on, away, back, left, right, crossed, folded, raised, tied, "
    "undone, rolled, rolled up, tucked, untucked, unbuttoned, buttoned, bare, naked, heavy, "
    "dreamy, cinematic, editorial, gritty, raw, clean, minimal, rot, rote, roter, blau, blaue, "
    "grün, schwarz, schwarze, weiß, weiße, offen, offene, geschlossen, lang, kurz, hart, "
    "weich, dunkel, hell, nass, nasse, weg, ab, auf, zu, rouge, bleu, bleue, noir, noire, "
    "blanc, blanche, vert, ouvert, ouverte, fermé, fermée, mouillés, doux, douce, dur, dure, "
    "sombre, clair, claire, assise, rojo, roja, azul, negro, negra, blanco, blanca, verde, "
    "abierto, abierta, cerrado, cerrada, mojado, suave, duro, dura, oscuro, oscura, claro, "
    "clara, sentada, rosso, rossa, blu, nero, nera, bianco, bianca, aperto, aperta, chiuso, "
    "chiusa, bagnati, morbida, scuro, scura, chiaro, chiara, rood, rode, blauw, blauwe, zwart, "
    "zwarte, wit, witte, dicht, nat, zachte, harde, donker, los, vermelho, vermelha, preto, "
    "preta, branco, branca, aberto, aberta, fechado, fechada, molhado",
)
"""How it may look, without judging."""

COMPLAINT = Lexicon(
    "wrong, is off, looks off, seems off, feels off, weird, odd, strange, bad, ugly, boring, "
    "dull, awful, terrible, horrible, hideous, hate, i hate, dislike, disappointing, "
    "disappointed, dont like, do not like, didnt like, dont love, not good, isnt good, "
    "not great, not nice, not ok, not okay, not right, isnt right, not quite right, not quite, "
    "not quite there, not there yet, not working, doesnt work, does not work, isnt working, "
    "not happy, unhappy, not what i wanted, not what i asked for, isnt what i wanted, "
    "isnt what i asked for, not what we wanted, not my taste, not perfect, not convincing, "
    "bothers, bothers me, annoys, annoying, disturbs, missing, is missing, out of focus, "
    "crooked, broken, distorted, deformed, blurry, ruining, ruined, ruins, mess, a mess, fail, "
    "failed, fake, cheap, could be better, needs work, not the same, unusable, sucks, worse, "
    "falsch, schlecht, hässlich, stört, störend, fehlt, gefällt mir nicht, mag ich nicht, "
    "passt nicht, passt mir nicht, stimmt nicht, nicht gut, nicht schön, nicht so gut, "
    "komisch, seltsam, langweilig, unscharf, schief, kaputt, ne va pas, va pas, ne marche pas, "
    "marche pas, n aime pas, aime pas, pas bon, pas bien, pas terrible, pas top, moche, "
    "bizarre, faux, manque, flou, floue, gêne, raté, ratée, laid, ennuyeux, ne me plaît pas, "
    "me plaît pas, mal, feo, fea, raro, rara, falta, no me gusta, no me convence, no funciona, "
    "no está bien, no queda bien, borroso, borrosa, aburrido, brutto, brutta, sbagliato, "
    "sbagliata, strano, strana, manca, non mi piace, non mi convince, non va, non va bene, "
    "non funziona, sfocato, sfocata, noioso, lelijk, fout, raar, vreemd, mist, niet mooi, "
    "niet goed, vind het niet, bevalt me niet, klopt niet, wazig, saai, slecht, feio, feia, "
    "errado, errada, estranho, estranha, não gostei, não gosto, não está bom, não funciona, "
    "não ficou bom, desfocado, desfocada, chato, ruim, 😞, 😡, 🤮, 💩, 😢",
)
"""Something is not right, and nobody has said what would be."""

POLITE = Lexicon(
    "please, pls, plz, kindly, just, maybe, perhaps, also, then, now, and, or, ok, okay, "
    "well, hey, hi, hello, thanks, thank you, thx, but, however, although, though, alright, "
    "all right, yes, first of all, secondly, finally, lastly, actually, hmm, hm, uh, um, oh, "
    "ah, if you can, if possible, if you could, if you please, i think, i guess, for me, here, "
    "it would be nice if, it would be great if, it would be good if, would be nice if, "
    "would be great if, bitte, bitteschön, danke, mal, doch, dann, jetzt, und, aber, "
    "wenn möglich, noch, auch, s il te plaît, s il vous plaît, stp, svp, merci, maintenant, "
    "puis, et, alors, aussi, si possible, ensuite, por favor, gracias, ahora, y, entonces, "
    "pues, pero, también, luego, si es posible, per favore, per piacere, grazie, ora, adesso, "
    "e, poi, allora, però, anche, se possibile, alsjeblieft, alstublieft, aub, graag, bedankt, "
    "nu, en, dan, maar, ook, als het kan, obrigado, obrigada, agora, então, também, "
    "se possível, depois",
)
"""Courtesy and connection around a wish; no part of it."""

HEAD = Lexicon(
    "modify, edit, redo, re do, regenerate, re generate, rerender, re render, reshoot, "
    "re shoot, remake, update, rework, retouch, revise, change, alter, adjust, fix, tweak, "
    "make, turn, keep, have, get, give, set, i want, we want, i need, id like, i would like, "
    "give me, want, need, let, try, do, shoot, retry, repeat, would like, like, see, to, the, a, "
    "mach, "
    "mache, ändere, bearbeite, überarbeite, erneuere, wiederhole, ich möchte, ich will, "
    "ich hätte, modifie, modifier, refais, refaire, régénère, retouche, fais, rends, mets, "
    "je veux, je voudrais, modifica, cambia, rehaz, repite, regenera, haz, pon, quiero, "
    "quisiera, rifai, rigenera, rendi, fai, voglio, vorrei, wijzig, pas aan, verander, "
    "herhaal, hergenereer, maak, ik wil, modifique, altera, altere, muda, refaz, refaça, "
    "regenere, repete, faz, deixa, quero",
)
"""Verbs before a target that only say that something happens to it."""

JUST_CHANGE = Lexicon(
    "modify, edit, update, rework, retouch, revise, change, alter, adjust, fix, tweak, ändere, "
    "bearbeite, überarbeite, modifie, modifier, retouche, modifica, cambia, wijzig, verander, "
    "altera, muda",
)
"""Of these, the ones that say nothing at all on their own."""

LEAVE = Lexicon(
    "keep, leave, approve, accept, like, love, behalte, lass, garde, deja, tieni, houd, "
    "mantém, are fine, is fine, are good, is good, are perfect, is perfect, as is, as it is, "
    "as they are",
)

DONT = Lexicon(
    "dont, do not, please dont, never, must not, mustnt, ne, nicht, bitte nicht, "
    "auf keinen fall, no me, niet, não, non",
)
"""Begins what must not happen; a wish only beside another."""

REDO_OR_BE = Lexicon(
    "is, are, was, were, looks, look, feels, needs, need, again, please, once more, should, "
    "must, redo, ist, sind, sieht, braucht, bitte, noch mal, nochmal, neu, soll, est, sont, "
    "encore, à nouveau, doit, es, está, están, otra vez, de nuevo, debe, è, sono, di nuovo, "
    "ancora, deve, zijn, opnieuw, nog eens, moet, é, são, de novo, outra vez",
)
"""May follow a target that has no noun."""

DEGREE = Lexicon(
    "a bit, a little, a touch, a tad, slightly, too, way too, a bit too, extra, etwas, "
    "ein bisschen, bisschen, ein wenig, zu, un peu, trop, un poco, demasiado, demasiada, "
    "un po, troppo, troppa, iets, een beetje, te, um pouco, demais, muito, more or less, "
    "not that, not so, not as, nicht so",
)
"""How much, and not which way."""

ADMIRE = Lexicon(
    "love, i love, we love, i really love, adore, i adore, like, i like, we like, "
    "i really like, great, nice, beautiful, lovely, amazing, gorgeous, wonderful, cool, good, "
    "perfect, stunning, such a, what a, ich mag, ich liebe, mag, liebe, schöne, schöner, "
    "schönes, tolle, toller, tolles, j aime, j adore, jolie, joli, belle, beau, me gusta, "
    "me encanta, me encantan, mi piace, adoro, bel, ik hou van, mooie, gosto de, amo",
)
"""Praise of what is named after it."""

AROUND_PRAISE = Lexicon(
    "how, her, his, their, its, she, he, they, looks, look, looking, works, work, turned out, "
    "came out, feels, feel, did, with, what you did, done, job, choice, overall, especially, "
    "particularly, here, too, both, pose, mood, sehr, die, der, das, wie, sieht, sehen, aus, "
    "son, sa, ses, su, sus, suo, sua, zijn, haar, seu, hero, contact sheet, frame, frames, "
    "clip, clips, film, shot, shots, picture, pictures, image, images",
)
"""What may stand around something praised."""

PLEASE = Lexicon(
    "please, pls, plz, kindly, bitte, s il te plaît, s il vous plaît, stp, svp, por favor, "
    "per favore, per piacere, alsjeblieft, alstublieft, aub, graag",
)
"""With these a question mark is a courtesy."""

AROUND_NO = Lexicon(
    "make, it, be, any, anything, nothing, something, do, that, this, let, lets, should, will, "
    "must, can, go, further, ahead, anymore, any more, more, go on, yet, way, thanks, "
    "thank you, chance, ever, change anything, change, touch it, touch anything, on, the next, "
    "mach, mache, machen, noch, mehr, nichts, gehen, geh, wir, es, auf, nicht, fais, faire, "
    "encore, cela, ça, plus, hagas, todavía, aún, nada, más, continúes, sigas, sigamos, "
    "avances, apruebes, canceles, fare, ancora, più, niente, continuate, andare, andiamo, ga, "
    "gaan, nog, meer, faça, ainda, mais, cancel, a ver, doing, approving, continuing, "
    "proceeding, canceling, cancelling, happening, good enough, quite",
)
"""What may stand around a no without making it a wish."""

OPENER = Lexicon(
    "first, second, third, next up, zuerst, zunächst, erstens, zweitens, d abord, "
    "premièrement, primero, segundo, prima di tutto, primo, secondo, ten eerste, eerst, "
    "primeiro",
)
"""Counts the wishes off; no wish itself."""

PLACED = Lexicon(
    "in, on, over, to, behind, under, across, at, into, around, against, toward, towards, auf, "
    "unter, über, hinter, an, dans, sur, sous, en, sobre, detrás, su, sotto, dietro, op, "
    "onder, achter, em, nos, nas, sob, atrás",
)
"""Between something seen and its place: ``hands on hips``."""

IMPERATIVE = Lexicon(
    "make, add, remove, lose, open, close, put, give, take off, take away, try, turn, change, "
    "bring, get, let her, let him, go darker, go lighter, go for, swap, replace, keep, darken, "
    "brighten, soften, warm up, mach, mache, öffne, entferne, gib, setz, dreh, ändere, lass, "
    "zeig, fais, mets, ouvre, ferme, enlève, ajoute, retire, rends, haz, hazlo, pon, abre, "
    "cierra, quita, añade, cambia, fai, rendi, metti, apri, chiudi, togli, aggiungi, maak, "
    "doe, zet, verwijder, geef, verander, faz, deixa, põe, coloca, fecha, tira, muda, adiciona",
)
"""Verbs that are hardly anything else, so that they may follow praise without a comma."""

PRAISE = Lexicon(
    "love, great, nice, nicely, beautiful, beautifully, lovely, amazing, gorgeous, wonderful, "
    "perfect, perfectly, stunning, fantastic, excellent, awesome, superb, super, brilliant, "
    "happy, pleased, thrilled, impressed, impressive, fabulous, delighted, splendid, terrific, "
    "toll, tolle, tolles, schön, schöne, schönes, wunderbar, perfekt, klasse, großartig, "
    "gefällt, gefallen, zufrieden, magnifique, magnifiques, superbe, superbes, belle, belles, "
    "plaît, plaisent, content, contente, ravi, parfait, parfaite, parfaites, genial, perfecto, "
    "perfecta, perfectas, perfectos, precioso, preciosa, bonito, bonita, encanta, encantan, "
    "gustan, contento, contenta, perfetto, perfetta, perfette, perfetti, bello, bella, "
    "bellissimo, bellissima, bellissime, bellissimi, piacciono, stupendo, stupenda, mooi, "
    "mooie, prachtig, prachtige, geweldig, geweldige, blij, tevreden, lindo, linda, lindos, "
    "lindas, maravilhoso, maravilhosa, perfeito, perfeita, perfeitas, adorei, feliz",
)
"""Warm words, whatever stands around them."""
