"""Words that act on the shoot: produce, redo, retry, cancel, go back to a take."""

from __future__ import annotations

from studio.director.house.lexicon import Lexicon, Table
from studio.stages import Stage

PRODUCE = Lexicon(
    "export, finalise, finalize, deliver, make, create, generate, render, produce, build, get, "
    "do, start, start on, begin, lets see, show me, give me, bring on, prepare, mach, mache, "
    "erstelle, erstellen, erzeuge, erzeugen, generiere, generieren, machen, schneiden, maken, "
    "faire, hacer, fare, fazer, baue, fais, crée, créer, génère, générer, produis, haz, crea, "
    "crear, genera, generar, fai, creare, generare, realizza, maak, genereer, faz, faça, crie, "
    "cria, gera, gerar, gere",
)
"""Asks for the next stage where the next stage is named after it."""

PRODUCE_FIRMLY: Table[Stage] = Table({
    "stitch, stitch it, stitch them, stitch together, stitch them together, "
    "stitch it together, stitch the clips, stitch the videos, stitch videos, stitch clips, "
    "stitch the clips together, stitch the film, stitch the video, stitching, cut it together, "
    "cut them together, cut the film, cut the video, cut the movie, cut the clips together, "
    "cut it, assemble, assemble it, assemble them, assemble the film, assemble the video, "
    "assemble the clips, edit it together, join the clips, join them, merge the clips, "
    "merge them, combine the clips, combine them, combine the videos, put it together, "
    "put them together, put the film together, put the clips together, create the film, "
    "create the final film, create the final video, create the movie, render the film, "
    "render the final film, render the final video, generate the film, "
    "generate the final video, produce the film, build the film, finish the film, "
    "film it together, schneide den film, schneid den film, schneide zusammen, "
    "schneid zusammen, schneide es zusammen, füge zusammen, füge die clips zusammen, "
    "zusammenschneiden, zusammenfügen, erstelle den film, monte le film, monte la vidéo, "
    "assemble le film, assemble les clips, crée le film, colle les clips, monter le film, "
    "monta la película, monta el vídeo, monta el video, une los clips, crea la película, "
    "une los vídeos, monta il film, monta il video, unisci le clip, crea il film, "
    "knip de film, monteer de film, plak de clips, voeg de clips samen, monta o filme, "
    "monte o filme, junta os clipes, cria o filme": Stage.COMPLETE,
    "animate, animate it, animate them, animate the frames, bring them to life, "
    "bring it to life, create the clips, generate the clips, render the clips, generate clips, "
    "generate videos, generate the videos, create the videos, render the videos, create clips, "
    "create videos, film them, animiere, animiere sie, animieren, anime les, animer, anima, "
    "animar, animare, animeer": Stage.CLIPS,
    "crop, crop it, crop them, crop these, cut them up, cut them out, slice them, "
    "crop the frames, crop frames, crop it into frames, crop into frames, cut the frames, "
    "cut out the frames, cut it into frames, cut it up, slice it, slice it up, split it, "
    "split into frames, split it into frames, extract the frames, extract frames, "
    "crop the sheet, crop the contact sheet, cut the sheet, cut up the sheet": Stage.FRAMES,
    "create the contact sheet, generate the contact sheet, shoot the contact sheet, "
    "create a contact sheet, lay out the six shots, show me the contact sheet, "
    "lets see the contact sheet, shoot the six": Stage.CONTACT_SHEET,
})  # fmt: skip
"""Asks for a stage by what is done in it."""

REDO = Lexicon(
    "redo, re do, do over, do again, regenerate, re generate, rerender, re render, reshoot, "
    "re shoot, remake, re make, retake, reroll, re roll, rerun, redone, regenerated, "
    "rerendered, reshot, remade, redo it, redo them, redo that, redo those, do it again, "
    "do them again, do that again, make it again, render again, render it again, again, "
    "once more, one more time, one more, one more take, one more version, another go, "
    "another version, a new version, "
    "new version, new take, a new take, another take, another one, start over, start again, "
    "from scratch, start from scratch, repeat, repeat it, fresh, renew, needs redoing, "
    "try again, retry, another try, another attempt, fix it, fix that, fix this, fix them, neu, "
    "neu machen, neu rendern, noch mal, nochmal, nochmals, noch einmal, "
    "noch mal neu, noch einmal neu, erneut, erneuern, wiederhole, wiederholen, mach neu, "
    "mache neu, refais, refais le, refais la, refais les, refaire, refaites, refait, régénère, "
    "régénérer, encore une fois, à nouveau, de nouveau, recommence, relance, rehaz, rehacer, "
    "rehazlo, repite, repetir, repítelo, otra vez, de nuevo, nuevamente, regenera, regenerar, "
    "vuelve a hacer, rifai, rifare, rifallo, rigenera, rigenerare, ripeti, di nuovo, "
    "un altra volta, da capo, opnieuw, opnieuw doen, overdoen, doe over, nog eens, "
    "nog een keer, hergenereer, genereer, herhaal, refaz, refazer, refaça, regenere, regerar, "
    "repete, repita, de novo, outra vez, novamente",
)
"""Make the same thing anew."""

RETRY = Lexicon(
    "lets try again, lets try it again, lets retry, lets, lets just, lass uns, on, vamos a, "
    "retry, re try, try again, try it again, try that again, try this again, try once more, "
    "try one more time, have another go, give it another go, give it another try, another try, "
    "another attempt, have another try, have another shot, give it another shot, run it again, "
    "run again, rerun, repeat, redo, redo it, do it again, again, once more, one more time, "
    "nochmal versuchen, noch mal versuchen, noch einmal versuchen, erneut versuchen, "
    "versuch es nochmal, versuche es nochmal, versuch es noch einmal, versuche es noch einmal, "
    "versuchs nochmal, versuchs noch mal, probier es nochmal, probiers nochmal, "
    "nochmal probieren, wiederholen, nochmal, noch einmal, neuer versuch, wiederhole, "
    "réessaie, réessaye, réessayer, réessayez, essaie encore, essaye encore, essaie à nouveau, "
    "nouvel essai, recommence, recommencer, relance, relancer, encore une fois, reintenta, "
    "reintentar, inténtalo de nuevo, inténtalo otra vez, intenta de nuevo, intentar de nuevo, "
    "prueba otra vez, prueba de nuevo, vuelve a intentarlo, vuelve a intentar, otra vez, "
    "de nuevo, riprova, riprovare, riprovaci, prova ancora, prova di nuovo, tenta ancora, "
    "ritenta, di nuovo, ancora una volta, probeer opnieuw, opnieuw proberen, "
    "probeer het opnieuw, probeer nog eens, probeer het nog eens, nog een keer proberen, "
    "opnieuw, nog een keer, tenta de novo, tente de novo, tenta outra vez, tente novamente, "
    "tenta novamente, tentar de novo, tentar novamente, de novo, outra vez",
)

CANCEL = Lexicon(
    "end this, end the session, end it all, cancel, cancelled, canceled, abort, quit, "
    "terminate, stop, halt, call it off, stop it, stop here, stop now, end it, end it here, "
    "end here, end the shoot, kill it, shut it down, give up, cancel it, discard, abandon, "
    "drop the shoot, kill the shoot, abbrechen, abbruch, brich ab, breche ab, stopp, stoppe, "
    "stoppen, beenden, beende, annule, annuler, annulez, arrête, arrêter, arrêtez, abandonne, "
    "cancela, cancelar, cancélalo, cancele, detén, detener, para, parar, aborta, abortar, "
    "anula, anular, annulla, annullare, ferma, fermare, interrompi, interrompere, annuleer, "
    "annuleren, afbreken, breek af, stop ermee, interromper, interrompe, pare, abandona, 🛑",
)
AROUND_CANCEL = Lexicon(
    "the, this, it, all, whole, entire, shoot, session, production, job, project, run, thing, "
    "everything, please, pls, now, immediately, right, away, and, just, lets, we, i, want, to, "
    "would, like, id, need, here, work, process, shooting, photo, photoshoot, out, bitte, das, "
    "den, die, alles, ganze, ganzen, jetzt, sofort, sitzung, produktion, ich, möchte, will, "
    "le, la, les, tout, s il te plaît, s il vous plaît, stp, svp, séance, maintenant, el, lo, "
    "todo, por favor, sesión, ahora, rodaje, quiero, il, tutto, per favore, sessione, adesso, "
    "servizio, voglio, de, het, alsjeblieft, sessie, nu, ik, wil, o, a, os, tudo, sessão, "
    "agora, ensaio, quero",
)

TAKE = Lexicon(
    "take, takes, version, versions, v, variant, variation, attempt, option, iteration, try, "
    "aufnahme, fassung, variante, versuch, prise, essai, toma, versión, intento, opción, "
    "ripresa, versione, opzione, versie, poging, optie, tomada, versão, tentativa, opção",
)
PREVIOUS = Lexicon(
    "previous, previous one, prior, earlier, earlier one, former, one before, the one before, "
    "one before that, before, preceding, undo, undo that, undo it, undo this, "
    "undo the last change, go back one, back one, one back, old, roll back, rollback, "
    "vorherige, vorherigen, vorheriger, vorheriges, vorige, vorigen, davor, rückgängig, "
    "frühere, mach das rückgängig, mach es rückgängig, précédent, précédente, d avant, avant, "
    "annule ça, défais, anterior, la anterior, el anterior, de antes, deshacer, deshaz, "
    "deshazlo, precedente, di prima, annulla modifica, ongedaan, maak ongedaan, eerdere, "
    "desfazer, desfaz, desfaça",
)
LATEST = Lexicon(
    "latest, newest, most recent, neueste, neuesten, jüngste, la plus récente, le plus récent, "
    "más reciente, più recente, nieuwste, mais recente",
)
BACK = Lexicon(
    "volvamos, volvamos a, volvamos al, torniamo a, torniamo al, torniamo alla, revenons à, "
    "back, back to, go back to, go back, return to, return, revert to, revert, switch to, "
    "switch back, switch back to, use, using, take, choose, pick, select, restore, keep, "
    "lets use, go with, lets go with, stick with, roll back to, i prefer, prefer, i preferred, "
    "preferred, i liked, liked, i like, was better, was nicer, is better, is nicer, "
    "looked better, were better, better, nicer, best, was best, is best, was the best, "
    "is the best, bring back, zurück, zurück zu, zurück zum, zurück zur, geh zurück zu, "
    "geh zurück zum, geh zurück zur, nimm, nimm wieder, nehmen, benutze, verwende, lieber, "
    "war besser, ist besser, wähle, reviens, reviens à, reviens au, revenir, retour, retour à, "
    "retour au, utilise, prends, reprends, garde, je préfère, était mieux, choisis, vuelve, "
    "vuelve a, volver a, vuelve al, usa, utiliza, toma, prefiero, regresa, regresa a, elige, "
    "era mejor, quiero, torna, torna a, torna al, torna alla, tornare, prendi, preferisco, "
    "scegli, era meglio, terug, terug naar, ga terug, ga terug naar, gebruik, neem, kies, "
    "liever, was beter, volta, volte, volta para, volte para, voltar, prefiro, escolhe, "
    "escolha, era melhor",
)
AROUND_TAKE = Lexicon(
    "bring, please, pls, the, a, an, to, of, for, from, it, that, this, one, ones, thing, lets, "
    "let, "
    "us, we, i, id, rather, like, more, had, have, go, then, and, so, instead, again, was, "
    "were, is, number, no, nr, on, with, in, ok, okay, my, our, shot, image, picture, photo, "
    "lot, much, which, we had, very, actually, just, yes, good, thanks, bitte, der, die, das, "
    "den, dem, zum, zur, zu, mit, von, vom, es, wieder, doch, mach, geh, nummer, le, la, les, "
    "l, à, au, de, du, s il te plaît, s il vous plaît, celle, celui, c, était, version, el, "
    "lo, los, las, al, del, por favor, il, alla, allo, di, per favore, quello, quella, naar, "
    "het, een, alsjeblieft, o, os, as, para, pra, ao, do, da, que",
)
GO_BACK = Lexicon(
    "go back to, back to, return to, geh zurück zu, geh zurück zum, zurück zum, zurück zur, "
    "reviens au, reviens à, retour au, retour à, vuelve al, vuelve a la, torna al, torna alla, "
    "ga terug naar, terug naar, volta para, volte para, volta ao, volta à",
)

REDO_ONLY = Lexicon(
    "redo, redo it, do it again, again, once more, one more time, repeat, run it again, "
    "nochmal, noch einmal, wiederhole, wiederholen, encore une fois, otra vez, de nuevo, "
    "di nuovo, ancora una volta, opnieuw, nog een keer, de novo, outra vez, rerun, run again",
)
"""Of the words for a retry, those that as well ask for another version."""

SKIP = Lexicon(
    "skip, jump, überspringe, überspring, saute, sauter, salta, saltar, saltare, sla over, "
    "pula, pular"
)
"""Leaves a stage out, which no decision does."""

PRODUCE_SURELY = Lexicon(
    "create, generate, render, produce, build, erstelle, erzeuge, generiere, crée, génère, "
    "crea, genera, realizza, genereer, cria, crie, gera, gere",
)
"""Of the words that produce, those that mean nothing else beside a setting."""

STOP = Lexicon(
    "stop, stop it, stop now, stop here, halt, stopp, stoppe, stoppen, arrête, arrêter, "
    "arrêtez, para, parar, detén, ferma, fermare, pare, quit, 🛑",
)
"""Of the words that cancel, those that beside other words may mean something less."""

TRY = Lexicon(
    "try, try it, try that, try this, attempt, attempt it, give it, have, versuch, versuche, "
    "versuchen, versuchs, versuch es, versuche es, probier, probiere, probiers, probier es, "
    "probieren, essaie, essaye, essayer, essaie le, intenta, inténtalo, intentar, intentarlo, "
    "prueba, probar, prova, provaci, provare, tenta, tente, tentar, probeer, probeer het, "
    "proberen, mach es, mach das, do it, fais le, hazlo, fallo, doe het, faz, es, it, le, lo, "
    "het, that, das",
)
AGAIN = Lexicon(
    "again, once more, one more time, another time, another go, another try, another shot, "
    "one more try, one more go, one more shot, nochmal, noch mal, nochmals, noch einmal, "
    "erneut, wieder, encore, encore une fois, à nouveau, de nouveau, otra vez, de nuevo, "
    "nuevamente, di nuovo, ancora, ancora una volta, opnieuw, nog eens, nog een keer, de novo, "
    "outra vez, novamente",
)
"""With the words to try, the same as a retry."""

REVERT = Lexicon(
    "revert, revert it, revert this, revert that, revert please, roll it back, put it back"
)

ASSEMBLE = Lexicon(
    "stitch, stitch together, put together, cut, cut together, assemble, join, merge, combine, "
    "edit together, edit, compile, schneide, schneid, schneiden, füge, montiere, monte, "
    "monter, assembler, colle, monta, montar, montare, une, unir, unisci, unire, knip, "
    "knippen, monteer, plak, junta, juntar, junte",
)
"""Makes one film of the clips, or frames of the sheet, by what is named after it."""
