"""What makes words an order: verbs that change a picture, lacks; and what makes them none."""

from __future__ import annotations

from studio.director.house.lexicon import Lexicon

CHANGES = Lexicon(
    "add, adjust, alter, arch, bend, blur, boost, brighten, button, change, clean up, close, "
    "comb, cool down, correct, cross, crop, curl, darken, desaturate, dye, edit, emphasise, "
    "emphasize, enhance, exaggerate, fix, flip, fold, get rid of, "
    "hide, increase, introduce, lengthen, "
    "lighten, loosen, lose, modify, open, paint, raise, rearrange, reduce, reframe, relax, "
    "relight, remove, replace, restyle, retouch, reveal, revise, rework, rotate, saturate, "
    "sharpen, shorten, shut, simplify, soften, straighten, swap, "
    "swap out, switch, take away, take off, take out, tidy, tighten, tilt, tone down, tuck, "
    "tweak, unbutton, uncover, uncross, untie, unzip, update, zoom in, zoom out, vary, warm, "
    "warm up, zip up, "
    "öffne, öffnen, schließ, schließe, schließen, entferne, entfernen, füge, ändere, ändern, "
    "ersetze, ersetzen, tausche, tauschen, reduziere, erhöhe, verstärke, aufhellen, "
    "abdunkeln, zuknöpfen, aufknöpfen, wechsle, wechseln, ouvre, ouvrir, ouvrez, ferme, fermer, "
    "enlève, enlever, enlevez, ajoute, ajouter, ajoutez, retire, retirer, change, changer, "
    "changez, remplace, remplacer, baisse, baisser, assombris, assombrir, éclaircis, "
    "éclaircir, adoucis, adoucir, réduis, augmente, abre, abrir, cierra, cerrar, quita, "
    "quítale, quítalo, quitar, añade, añadir, agrega, agregar, cambia, cambiar, reemplaza, "
    "sustituye, oscurece, aclara, suaviza, reduce, aumenta, elimina, apri, aprire, chiudi, "
    "togli, toglile, togliere, aggiungi, aggiungere, sostituisci, abbassa, scurisci, "
    "schiarisci, ammorbidisci, riduci, open, sluit, verwijder, haal, voeg, verander, vervang, "
    "verzacht, verminder, verhoog, abra, fecha, feche, tira, tire, tirar, remova, adiciona, "
    "adicione, acrescenta, muda, mude, mudar, troca, troque, escurece, clareia, diminui",
)
"""Imperatives that change a picture whatever their object is."""

ALONE = Lexicon(
    "go darker, go brighter, go lighter, go closer, go wider, go further, darken, brighten, "
    "lighten, sharpen, soften, desaturate, relight, smile, stop smiling, "
    "look to the, look into the, look away, look left, look right, look up, look down, "
    "aufhellen, abdunkeln, assombris, éclaircis, adoucis, oscurece, aclara, suaviza, scurisci, "
    "schiarisci, ammorbidisci, verzacht, escurece, clareia",
)
"""The same where no object follows, or any."""

TOO = Lexicon(
    "too, too much, too many, way too, a bit too, not enough, needs, need, need to, needs to, "
    "could use, could do with, should, must, has to, have to, ought to, lacks, lack, misses, "
    "is missing, zu, zu viel, zu wenig, braucht, brauchen, soll, sollen, sollte, sollten, muss, "
    "müssen, trop, trop de, pas assez, manque de, doit, doivent, devrait, devraient, demasiado, "
    "demasiada, muy poco, necesita, necesitan, debe, deben, debería, deberían, troppo, troppa, "
    "troppe, troppi, deve, devono, dovrebbe, dovrebbero, te, te weinig, te veel, moet, moeten, "
    "que esté, que estén, que sea, que tenga, demais, precisa, precisam, deveria, deveriam, "
    "muito, not so, not as, not that, "
    "nicht so, pas si, no tan, non così, niet zo, não tão",
)
"""A lack, or too much of something."""

COPULA = Lexicon(
    "is, are, looks, look, seems, seem, feels, feel, be, still, a bit, a little, slightly, way, "
    "far, much, just, ist, sind, wirkt, sieht, noch, etwas, viel, est, sont, semble, un peu, "
    "es, está, son, están, se ve, un poco, è, sono, sembra, un po, is, zijn, lijkt, é, está, "
    "são, parece, um pouco, a lot, bit",
)
"""What may stand between a picture and its lack."""

SUBJECT = Lexicon(
    "him, her, his, their, it, it all, this, that, these, they, them, she, he, the model, all, "
    "everything, all of it, "
    "all of them, sie, er, es, das, alles, elle, il, ça, tout, ella, él, todo, todos, lei, lui, "
    "tutto, ze, zij, hij, het, ela, ele, tudo",
)
"""What may be said to lack something without being named."""

QUANTITY = Lexicon(
    "more, less, fewer, extra, additional, mehr, weniger, plus, plus de, moins, "
    "moins de, davantage, más, menos, più, meno, meer, minder, mais, a bit, a little, a touch, "
    "a tad, a bit more, a little more, a bit less, a little less, a touch more, etwas, "
    "etwas mehr, ein bisschen mehr, un peu, un peu plus, un peu plus de, un peu moins, un poco, "
    "un poco más, un po, un po più, iets, iets meer, um pouco, um pouco mais, much, much more, "
    "a lot more, slightly",
)
"""More or less, of something that must be named."""

THAN = Lexicon(
    "than, as, like i, to what, als, wie, que, qu, di quanto, della, del, dello, delle, rispetto, "
    "dan, do que, da",
)
"""After more or less: a comparison, and no wish."""

REPORT = Lexicon(
    "now, already, alright, indeed, for sure, yesterday, last time, earlier, jetzt, schon, "
    "maintenant, déjà, ahora, ya, adesso, ora, già, nu, al, agora, já",
)
"""After a bare more or less: what has come about."""

OWN = Lexicon(
    "my, mein, meine, meinen, meinem, mon, mi, mis, mio, mia, mijn, meu, minha",
)
"""Of the person who speaks, and so hardly of the picture."""

EVALUATES = Lexicon(
    "strong, dramatic, bold, natural, intense, dreamy, cinematic, editorial, raw, clean, "
    "minimal, moody, cool, gritty, relaxed, sharp, bright, warm, stark, starke, stark, fuerte, "
    "forte, sterk",
)
"""Says as well how well something has come out."""

USE = Lexicon(
    "download, downloads, save, export, send, email, e mail, mail, share, post, print, upload, "
    "publish, link, file, files, jpg, jpeg, png, pdf, poster, wallpaper, "
    "tab, browser, photoshop, lightroom, premiere, app, printed, sent, shared, downloaded, saved, "
    "posted, uploaded, published, screen, "
    "monitor, phone, billboard, website, herunterladen, runterladen, speichern, exportieren, "
    "schick, schicke, teilen, "
    "drucken, télécharge, télécharger, enregistre, envoie, partage, imprime, "
    "descarga, descargar, guarda, envía, comparte, imprime, scarica, "
    "scaricare, salva, invia, condividi, stampa, downloaden, opslaan, stuur, deel, "
    "baixa, baixar, salvar, envia, partilha, compartilha",
)
"""Asks for a file, or for a look at it."""

FILM = Lexicon(
    "first, last, before, after, beginning, the film, the movie, opening, finale, the poster, "
    "the cover, zuerst, als erstes, le film, la película, il film, de film, o filme"
)
"""With verbs that could begin anything: about the place of a picture, and not its looks."""
ORDER = Lexicon(
    "first, last, reorder, order, sequence, start with, starts with, start on, begin with, "
    "end on, end with, move, swap, swapped, exchange, switch, before, after, beginning, "
    "backwards, reverse, duplicate, copy, cut, drop, lose, remove, delete, skip, omit, take out, "
    "leave out, get rid of, open the film, opens the film, play first, reihenfolge, zuerst, fang, "
    "anfang, beginne, tauschen, vertauscht, vertausche, lösche, löschen, entferne, entfernen, "
    "commence, début, d abord, ordre, supprime, enlève, retire, empieza, primero, orden, elimina, "
    "borra, quita, inizia, inizio, prima, ordine, cancella, togli, begin, volgorde, verwijder, "
    "começa, ordem, apaga, exclui",
)
"""Speaks of which comes when, or of leaving one out."""

LEAVING = Lexicon(
    "done, all done, done with, finished, finished with, were done, we are done, im done, "
    "i am done, were finished, we are finished, thats it, that is it, thats all, that is all, "
    "enough, "
    "thats enough, that is enough, let it go, drop it, give up, i give up, giving up, i quit, "
    "quit, call it a day, fertig, wir sind fertig, das ist alles, c est tout, c est fini, "
    "terminé, fini, j arrête, eso es todo, listo, terminado, ya terminé, basta, è tutto, finito, "
    "klaar, dat is alles, é tudo, terminei, genug, assez, genoeg, chega, im out, goodbye, bye, "
    "leave it there, forget it all, forget the whole thing",
)
"""Said by one who leaves, and as well by one who is content."""
AROUND_LEAVING = Lexicon(
    "lets, let us, with, this, that, it, the, shoot, session, for, me, now, today, here, im, i, "
    "we, were, am, are, is, thats, all, and, so, ok, okay, well, right, just, really, totally, "
    "completely, there, damit, hier, für heute, das, es, ich, bin, jetzt, là, avec, ça, ici, "
    "pour, moi, con, esto, aquí, por hoy, ya, qui, con questo, hiermee, hier, mee, ik, ben, "
    "com, isto, isso, aqui, by, you, guys, everyone, thing, whole",
)

KEEP = Lexicon(
    "let me, lass mich, laisse moi, déjame, fammi, laat me, keep, keeps, leave, i would keep, "
    "id keep, i keep, stay, stays, behalte, behalten, garde, "
    "garder, mantén, deja, mantieni, tieni, houd, mantém",
)
"""Nothing is to change."""
LETS = Lexicon("lets, let us, lets just")
"""Before an imperative, and no part of it."""

FAULT = Lexicon(
    "shaky, blurry, blurred, repetitive, busy, stiff, flat, grainy, noisy, tight, loose, slow, "
    "fast, dark, clean, dull, static, jerky, crowded, symmetrical, similar, wackelig, "
    "langsam, schnell, hell, voll, steif, flou, floue, lent, lente, rapide, lumineux, lumineuse, "
    "saturated, saturé, saturée, chaud, chaude, chauds, chaudes, froid, froide, cálido, cálida, "
    "frío, fría, caldo, calda, caldi, calde, freddo, fredda, koud, warm, quente, frio, fria, "
    "borroso, lento, rápido, luminoso, sfocato, mosso, veloce, wazig, langzaam, snel, licht, "
    "tremido, desfocado, escuro, escura, escuros, escuras, claro, clara, oscuros, oscuras, claros, "
    "claras, scuri, scure, chiari, chiare, sombres, clairs, claires, neat, full, saai, druk, fel",
)
"""What there may be too much of."""
MOTION = Lexicon(
    "camera, zoom, pan, tilt, rotation, movement, motion, morphing, blur, speed, shake, energy, "
    "drama, variety, kamera, bewegung, caméra, mouvement, cámara, movimiento, movimento, "
    "telecamera, beweging, câmera, glare, ring, rings, scarf, hat, necklace, watch, logo, "
    "zipped, zipped up, unzipped, buttoned, stool, bench, couch, sofa, stuhl, hocker, "
    "chaise, tabouret, fenêtre, silla, taburete, ventana, sedia, sgabello, finestra, "
    "stoel, kruk, raam, cadeira, janela, "
    "match, stand, feel, version, flash, blitz, sonreír, sonría, sorridere, sorrida, sourire, "
    "lächeln, sorrir, "
    "glimlachen, laugh, face, side",
)
"""What is seen of a clip, and of the whole."""

SPEAKER = Lexicon(
    "i, ive, hes, shes, theyre, youre, id, ill, we, were, weve, you, youve, he, he said, "
    "she said, they, my, ich, wir, "
    "du, "
    "je, j, nous, tu, yo, nosotros, io, noi, ik, wij, je, eu, nós"
)
"""Begins what is said of oneself or of others, and not of the picture."""
INSTEAD = Lexicon(
    "instead, instead of, rather than, not, and, or, statt, stattdessen, nicht, plutôt, "
    "au lieu de, "
    "pas, en vez de, no, invece, invece di, non, in plaats van, niet, em vez de, não"
)
"""Turns away what was there, beside what is wanted."""
VOTE = Lexicon("yes to, no to, no way, no problem, no more, no notes, no complaints, no changes")
"""Begin like a wish, and answer."""
STATES = Lexicon(
    "is, are, its, thats, that is, it loops, was, were, very, nicely, i like, i love, we like, "
    "works, feels, looks, end of, ist, sind, läuft, est, sont, está, è, sono, são, sieht"
)
"""Says how a setting is, and not how it shall be."""
SAME = Lexicon("same, the same, gleich, pareil, igual, uguale, hetzelfde")
"""Says nothing yet."""
LATER = Lexicon(
    "next time, next shoot, next film, next week, later on, later, tomorrow, tonight, "
    "someday, one day, "
    "nächstes mal, später, la prochaine fois, plus tard, la próxima vez, más tarde, "
    "la prossima volta, più tardi, volgende keer, da próxima vez, mais tarde"
)
"""Not now."""
PAST = Lexicon(
    "was, were, used to, had, did, its, thats, hes, shes, war, waren, hatte, était, étaient, "
    "avait, era, eran, fue, "
    "erano, aveva, waren, foi, eram"
)
"""How it has been."""
BEYOND = Lexicon(
    "music, sound, song, volume, voice, voiceover, subtitles, captions, title, titles, credits, "
    "musik, ton, musique, son, música, sonido, musica, suono, muziek, geluid, som, vote, mind, "
    "price, prices, cost, costs, budget, bill, preis, prix, precio, prezzo, prijs, preço, "
    "bookmark, favourites, favorites"
)
"""What no picture shows."""
THE = Lexicon(
    "her, his, their, ihr, sein, son, sa, su, suo, sua, zijn, seu, the, that, this, those, these, "
    "der, die, das, le, la, les, el, los, las, il, de, het"
)
"""Points to what is there."""
PARTICLE = Lexicon("up, down, off, on, away, back, weg, ab, auf, zu, los, in, out")
"""With a verb these say nothing of what one sees."""
THANKS = Lexicon(
    "thanks for, thank you for, thx for, danke für, merci pour, merci de, gracias por, "
    "grazie per, grazie di, bedankt voor, obrigado por, obrigada por, obrigado pelo, obrigada pela"
)
"""For what was done."""
LOOK = Lexicon("show, play, view, look at, zeig, zeige, montre, muestra, mostra, toon, laat zien")
"""Asks to be shown what is there."""
NOTHING = Lexicon(
    "nothing, none, nobody, no one, no need, no reason, never, no more, no longer, nichts, "
    "niemand, "
    "nie, kein grund, rien, personne, jamais, nada, nadie, nunca, niente, nessuno, mai, niets, "
    "niemand, nooit, ninguém"
)
"""Wherever it stands, nothing is wished for."""
OR = Lexicon("or, oder, or not, ou bien, o no, ou non, either")
"""Leaves a choice to nobody."""
LOOK_FIRST = Lexicon(
    "look at, have a look, take a look, show me, show it, see if, zeig mir, montre moi, muéstrame, "
    "mostrami, laat me zien, me mostra"
)
"""Asks to be shown what is there."""
SUFFICES = Lexicon("enough, genug, assez, bastante, abbastanza, genoeg, chega, basta")
"""There is as much as there need be."""
SO_MUCH = Lexicon("so much, so, such, how, wie, comme, qué, che")
"""Before more or less: praise."""
THIS = Lexicon("this, that, these, those, to buy, to own, to wear, buy, own")
"""After a wish: what is there already."""
