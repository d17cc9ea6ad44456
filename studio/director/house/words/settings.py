"""Words of the edit and of the ratio."""

from __future__ import annotations

from studio.director.house.lexicon import Lexicon, Table
from studio.presets import AspectRatio

PACE_NOUN = Lexicon(
    "speed, pace, tempo, playback speed, playback rate, rate, speed factor, geschwindigkeit, "
    "vitesse, rythme, allure, velocidad, ritmo, velocità, snelheid, velocidade, playback, "
    "film speed, video speed",
)
PACE: Table[float] = Table({
    "half speed, half the speed, half pace, at half speed, half as fast, twice as slow, "
    "half the tempo, half tempo, halbe geschwindigkeit, halber geschwindigkeit, halbes tempo, "
    "halbem tempo, halb so schnell, moitié moins vite, à moitié vitesse, demi vitesse, "
    "moitié de la vitesse, vitesse moitié, mitad de velocidad, mitad de la velocidad, "
    "media velocidad, la mitad de velocidad, metà velocità, metà della velocità, "
    "halve snelheid, half zo snel, metade da velocidade, meia velocidade": 0.5,
    "three quarter speed, three quarters speed": 0.75,
    "normal speed, normal pace, regular speed, original speed, standard speed, default speed, "
    "real time, normal tempo, usual speed, normale geschwindigkeit, normaler geschwindigkeit, "
    "normales tempo, normalem tempo, vitesse normale, velocidad normal, velocità normale, "
    "normale snelheid, velocidade normal": 1.0,
    "one and a half times, one and a half, one and a half speed, anderthalbfach, "
    "anderthalbfache, eineinhalbfach, anderthalb mal, une fois et demie, vez y media, "
    "una volta e mezza, anderhalf keer, anderhalve, uma vez e meia": 1.5,
    "double speed, double time, double it, double the speed, double pace, double tempo, "
    "twice the speed, twice as fast, two times faster, twice as quick, doubled speed, "
    "full speed, maximum speed, max speed, as fast as possible, doppelte geschwindigkeit, "
    "doppelter geschwindigkeit, doppeltes tempo, doppelt so schnell, deux fois plus vite, "
    "deux fois plus rapide, double vitesse, vitesse double, vitesse doublée, doble velocidad, "
    "el doble de rápido, doble de rápido, al doble de velocidad, doble de velocidad, "
    "velocità doppia, doppia velocità, due volte più veloce, dubbele snelheid, "
    "twee keer zo snel, velocidade dupla, dobro da velocidade, velocidade dobrada, "
    "duas vezes mais rápido": 2.0,
    "quarter speed, a quarter of the speed, viertel geschwindigkeit, quart de vitesse": 0.25,
    "triple speed, three times as fast, three times the speed, dreifache geschwindigkeit": 3.0,
})  # fmt: skip
"""Paces by name, also some that are out of range, so that they are refused by name."""

TIMES = Lexicon(
    "times, x, mal, fach, fache, fois, veces, vezes, volte, keer, times speed, ×",
)
FASTER = Lexicon(
    "faster, quicker, speedier, speed up, speed it up, speed things up, pick up the pace, "
    "too slow, far too slow, way too slow, much too slow, zu langsam, viel zu langsam, "
    "trop lent, trop lente, demasiado lento, demasiado lenta, troppo lento, troppo lenta, "
    "te langzaam, te traag, muito lento, lento demais, more pace, more tempo, more speed, "
    "higher speed, faster paced, snappier, quicken, schneller, flotter, zügiger, plus vite, "
    "plus rapide, accélère, accélérer, más rápido, más rápida, acelera, acelerar, più veloce, "
    "più rapido, accelera, accelerare, sneller, vlotter, versnel, mais rápido, mais rápida, "
    "increase the speed, increase speed, raise the pace",
)
SLOWER = Lexicon(
    "slower, too fast, far too fast, way too fast, much too fast, too quick, zu schnell, "
    "viel zu schnell, trop vite, trop rapide, demasiado rápido, troppo veloce, te snel, "
    "muito rápido, rápido demais, slow down, slow it down, slow, slow things down, less fast, "
    "less speed, slow motion, slow mo, slowmo, lower speed, reduce the speed, reduce speed, "
    "langsamer, verlangsamen, gemächlicher, zeitlupe, plus lent, plus lente, plus lentement, "
    "moins vite, ralentis, ralentir, ralenti, más lento, más lenta, más despacio, ralentiza, "
    "cámara lenta, più lento, più lenta, più lentamente, rallenta, rallentare, langzamer, "
    "trager, vertraag, mais lento, mais lenta, mais devagar, desacelera, câmera lenta",
)
SECONDS = Lexicon(
    "s, sec, secs, second, seconds, sek, sekunde, sekunden, seconde, secondes, segundo, "
    "segundos, secondo, secondi, seconden",
)
PER_CLIP = Lexicon(
    "per clip, a clip, each clip, each, for each clip, every clip, clip, per cut, per shot, "
    "pro clip, je clip, par clip, por clip, por clipe, per clip each",
)

LOOP = Lexicon(
    "loop, loops, looped, looping, loopable, looper, loop it, seamless loop, endless loop, "
    "infinite loop, perfect loop, in a loop, on a loop, on loop, as a loop, the loop, "
    "loop mode, loop seamlessly, loop perfectly, schleife, endlosschleife, geloopt, boucle, "
    "en boucle, boucler, boucle infinie, bucle, en bucle, in loop, em loop, loop infinito, lus",
)
LOOP_ON = Lexicon(
    "with, on, yes, true, enabled, enable, activated, active, activate, add, turn on, "
    "switch on, want, make it, make, include, keep, closed, mit, an, ja, ein, aktiv, "
    "aktiviert, aktivieren, avec, oui, activé, activée, con, sí, si, activado, activar, "
    "attivo, attivato, attiva, met, aan, com, sim, ativado, ativar, as a, in a, in, en, em, "
    "✅, ✓",
)
LOOP_OFF = Lexicon(
    "without, without a, without the, without any, no, not, off, false, disabled, disable, "
    "deactivated, deactivate, remove, remove the, drop, drop the, kill, kill the, turn off, "
    "turn off the, switch off, switch off the, lose the, lose, cancel the, take out the, "
    "cut the, get rid of the, dont, do not, dont want a, dont want the, dont want it to, stop, "
    "none, never, should not, shouldnt, ohne, kein, keine, keinen, aus, nein, nicht, "
    "deaktiviert, deaktivieren, sans, sans la, pas de, non, désactivé, désactivée, désactive, "
    "retire la, enlève la, sin, sin el, quita el, desactivado, desactiva, senza, senza il, "
    "niente, disattivato, disattiva, togli il, zonder, geen, uit, nee, sem, sem o, não, "
    "desativado, desativa, tira o, ❌",
)

EASING_NOUN = Lexicon(
    "easing, ease, easing curve, curve, timing, timing function, easing function, kurve, "
    "courbe, curva",
)
EASING: Table[str] = Table({
    "dramatic swoop, swoop, easing dramatic, dramatic easing, default easing, standard easing":
    "dramatic-swoop",
    "linear, linear easing, no easing, lineare, linéaire, lineal, lineair": "linear",
    "ease easing, easing ease, css ease": "ease",
    "ease in, easing in": "ease-in",
    "ease out, easing out": "ease-out",
    "ease in out, ease in and out, ease in ease out": "ease-in-out",
    "ease in out sine, sine, sine in out, in out sine, sinus": "ease-in-out-sine",
    "ease in out quad, quad, quadratic, quad in out, in out quad": "ease-in-out-quad",
    "ease in out cubic, cubic, cubic in out, in out cubic": "ease-in-out-cubic",
    "ease in out quart, quart, quartic, quart in out, in out quart": "ease-in-out-quart",
    "ease in out expo, expo, exponential, expo in out, in out expo, ease in out exponential":
    "ease-in-out-expo",
})  # fmt: skip

RATIO_BY = Lexicon(
    "by, zu, sur, por, su, op, bij, to, a, à, tot, auf, x",
)
RATIO_NOUN = Lexicon(
    "aspect ratio, ratio, aspect, format, orientation, mode, size, proportions, dimensions, "
    "crop, shape, seitenverhältnis, verhältnis, größe, ausrichtung, ratio d aspect, taille, "
    "relación de aspecto, formato, proporción, tamaño, orientación, rapporto, proporzioni, "
    "orientamento, dimensioni, formaat, verhouding, beeldverhouding, proporção, tamanho, "
    "orientação",
)
FORMAT: Table[AspectRatio] = Table({
    "vertical, vertically, portrait, portrait format, portrait mode, portrait orientation, "
    "upright, tall, hochkant, hochformat, verticale, verticalement, en hauteur, "
    "à la verticale, format portrait, retrato, in verticale, verticaal, staand, na vertical, "
    "verticais": "9:16",
    "horizontal, horizontally, landscape, landscape format, landscape mode, "
    "landscape orientation, widescreen, wide screen, querformat, quer, waagerecht, paysage, "
    "format paysage, horizontale, à l horizontale, apaisado, paisaje, orizzontale, "
    "in orizzontale, liggend, horizontaal, paisagem, na horizontal": "16:9",
    "square, squared, quadratisch, quadrat, carré, carrée, carrés, cuadrado, cuadrada, "
    "quadrato, quadrata, quadrati, vierkant, quadrado, quadrada": "1:1",
})  # fmt: skip
PLATFORM: Table[AspectRatio] = Table({
    "reel, reels, instagram reels, instagram reel, story, stories, instagram story, "
    "instagram stories, tiktok, tik tok, shorts, youtube shorts, phone, phones, mobile, "
    "snapchat, handy": "9:16",
    "youtube, tv, television, cinema, desktop": "16:9",
})  # fmt: skip
ORIGINAL = Lexicon(
    "original, originals, the original, original one, originally, as it was, as they were, "
    "uncropped, originalformat, originalgröße, ursprünglich, ursprüngliche, ursprünglichen, "
    "originale, originales, d origine, origine, original size, originali, origineel, "
    "originele, oorspronkelijk, oorspronkelijke, initial, inicial, iniziale, native",
)
UNDO_RESIZE = Lexicon(
    "undo the resize, undo the resizing, undo resize, undo the crop, undo the ratio, "
    "undo the aspect ratio, revert the resize, revert the ratio, reset the ratio, "
    "reset the size, reset ratio, reset size, reset the aspect ratio, remove the crop, uncrop, "
    "zuschnitt rückgängig, ohne zuschnitt, annule le recadrage, deshaz el recorte, "
    "annulla il ritaglio, desfaz o corte",
)
RESIZE_VERB = Lexicon(
    "resize, resized, resizing, reformat, recrop, crop, reframe, rescale, scale, zuschneiden, "
    "schneide, redimensionne, redimensionner, recadre, recadrer, redimensiona, redimensionar, "
    "recorta, ridimensiona, ridimensionare, ritaglia, formatteer, bijsnijden, snijd, corta, "
    "recortar",
)

AROUND_SETTINGS = Lexicon(
    "rimetti, riporta, ripristina, rétablis, restaure, restaura, devuelve, herstel, "
    # English
    "make, set, use, using, change, switch, turn, put, go, play, run, render, convert, give, "
    "have, get, take, keep, do, need, want, like, prefer, try, apply, bring, add, let, lets, "
    "should, shall, be, please, pls, me, us, i, we, id, it, its, this, that, them, these, "
    "those, the, a, an, my, our, to, at, in, into, on, of, for, with, and, as, by, from, back, "
    "again, so, also, then, now, instead, is, are, all, every, everything, each, whole, "
    "entire, final, version, versions, end, finish, fit, about, exactly, settings, setting, "
    "options, option, value, new, style, some, just, only, too, ok, okay, would, will, can, "
    "could, you, up, over, out, the end, overall, instagram, insta, ig, social, social media, "
    "vertical version, seamless, seamlessly, smoothly, nicely, same, later, afterwards, recut, "
    "re cut, cut again, restitch, re stitch, re edit, replay, aspect ratios, edit, thanks, "
    "thank you, type, action, restore, return, revert, reset, factor, multiplier, "
    # German
    "bitte, auf, in, im, mit, und, das, die, der, den, dem, es, mach, mache, machen, setze, "
    "setz, stell, stelle, ändere, ändern, um, bringen, bring, zurück, zum, zur, alle, alles, "
    "für, als, nimm, jetzt, dann, haben, möchte, will, wir, ich, ein, eine, einen, einer, bei, "
    "von, gesamten, ganzen, spiel, ab, wieder, geht, "
    # French
    "passe, passer, passez, mets, mettre, mettez, en, au, à, la, le, les, l, de, du, des, d, "
    "avec, et, s il te plaît, s il vous plaît, stp, svp, reviens, revenir, retour, pour, tout, "
    "toutes, tous, fais, un, une, je, veux, voudrais, nous, remets, change, changer, utilise, "
    # Spanish
    "cambia, cambiar, pon, ponlo, ponla, poner, ponlos, ponlas, vuelve, volver, el, los, las, "
    "lo, y, con, para, por favor, haz, hazlo, hacer, que, sea, usa, quiero, todo, todos, "
    "todas, un, una, del, al, "
    # Italian
    "porta, imposta, metti, mettilo, mettili, torna, tornare, ritorna, il, lo, gli, i, "
    "per favore, con, e, tutto, tutti, tutte, fai, falla, fallo, rendi, rendilo, rendili, usa, "
    "voglio, alla, ai, nel, cambia, "
    # Dutch
    "maak, zet, verander, naar, van, er, het, de, een, met, alsjeblieft, graag, terug, alles, "
    "alle, doe, gebruik, wil, ik, op, weer, "
    # Portuguese
    "muda, mude, mudar, coloca, coloque, põe, deixa, deixe, volta, voltar, volte, para, pra, "
    "o, os, as, ao, com, por favor, faz, faça, usa, quero, tudo, do, da, no, na, em, um, uma",
)
"""What may stand around a setting without changing it."""

IN_LOOP_GAP = Lexicon(
    "the, a, an, any, it, this, that, to, of, seamless, endless, perfect, video, film, la, le, "
    "el, il, de, het, o, die, das, der, den, einen, eine, un, une, una, um, uma",
)
BEFORE_STATE = Lexicon(
    "is, to, at, of, it, be, mode, factor, should be, set to, by, up to, down to, a, auf, ist, "
    "à, est, es, al, op, para, setting, value, equals",
)
STATE_ON = Lexicon(
    "on, yes, true, enabled, activated, active, an, ja, ein, aktiv, aktiviert, oui, activé, "
    "activée, sí, activado, attivo, attivato, sì, aan, sim, ativado, ✅, ✓, ✔",
)
STATE_OFF = Lexicon(
    "off, no, false, disabled, deactivated, inactive, none, aus, nein, deaktiviert, non, "
    "désactivé, désactivée, desactivado, disattivato, uit, nee, não, desativado, ❌",
)
BY = Lexicon(
    "by, um, de, con, di, met, em, about, around, some",
)
SURE_BY = frozenset({"by", "zu", "sur", "por", "su", "op", "bij", "x"})

TO_RATIO = Lexicon(
    "resize, reformat, aspect ratio, ratio, redimensionne, redimensiona, ridimensiona, "
    "seitenverhältnis"
)
EASING_WORD = Lexicon(
    "easing, easing curve, easing function",
)
"""Name a setting even where its value is missing."""

MULTIPLE: Table[float] = Table({
    "half, halbe, halber, halbem, halbes, halb, moitié, demi, mitad, media, metà, mezza, "
    "halve, metade, meia": 0.5,
    "normal, regular, normale, normaler, normalem, normales": 1.0,
    "double, twice, doppelt, doppelte, doppelter, doppeltem, doppeltes, doble, doppio, doppia, "
    "dubbele, dobro, dupla, duplo": 2.0,
})  # fmt: skip
IN_MULTIPLE = Lexicon(
    "the, of, as, so, the same, de, la, le, del, della, di, da, do, der, die, das, zo"
)
FAST = Lexicon(
    "fast, quick, schnell, vite, rapide, rápido, rápida, veloce, rapido, snel",
)
"""May follow a multiple: ``twice as fast``."""

MAY_BE = Lexicon(
    "would be, would like, id like, i would like, id love, should, shall, be, wäre, soll, serait, "
    "sería, sarebbe, zou, seria, please, pls"
)
"""A setting wished for, in words of praise or of state."""
FOR = Lexicon(
    "for, to, as, in, für, als, auf, pour, en, au, para, per, come, voor, version, format, size, "
    "crop, ratio, mode, style, resize"
)
"""What ties a medium to the frames."""
