"""Words that approve, words that praise, and words that add nothing to either."""

from __future__ import annotations

from studio.director.house.lexicon import Lexicon
from studio.director.house.tokens import word_set

GO = Lexicon(
    "ready for, thats all, that is all, das ist alles, c est tout, eso es todo, è tutto, "
    "dat is alles, é tudo, kan door, kan verder, mag door, mag verder, "
    # English
    "keep moving, keep it moving, keep it going, keep it coming, keep it up, you can go ahead, "
    "you may go ahead, we can go ahead, lets go ahead, were finished, we are finished, "
    "were all set, all set, we are all set, continue, continue on, carry on, go on, go ahead, "
    "keep going, keep on going, move on, moving on, move ahead, move forward, proceed, "
    "advance, onward, onwards, forward, next, next one, next step, next stage, next phase, "
    "the next step, the next stage, on we go, on to, onto, go to, move to, move on to, "
    "lets go to, lets move to, lets move on to, continue to, continue on to, continue with, "
    "go on to, go on with, proceed to, proceed with, advance to, head to, lets go with this, "
    "lets go with this one, go with this, go with this one, lets use this, lets use this one, "
    "use this, use this one, take this one, go, go go, lets go, let us go, lets go on, "
    "lets move on, lets continue, lets proceed, lets do it, lets do this, do it, go for it, "
    "ship it, ship, run with it, approve, approved, i approve, approve it, "
    "approve this, you may continue, you can continue, you can go on, you may proceed, "
    "we can continue, we can go on, we can move on, we can proceed, i want to continue, "
    "i would like to continue, id like to continue, ready to continue, ready to go, "
    "ready to move on, ready for the next, good to go, happy to continue, happy to proceed, "
    "happy to go on, green light, greenlight, greenlit, thats a go, its a go, its a yes, "
    "lock it, lock it in, thats a wrap, its a wrap, wrap, wrap it, wrap it up, finish, "
    "finish it, finished, done, all done, were done, we are done, im done, i am done, "
    "thats it, resume, keep it and continue, sign off, signed off, confirm, "
    "confirmed, accept, accepted, i accept, take it from here, roll on, lets roll, "
    "go to the next, get on with it, please do",
    # German
    "weiter, weiter so, weitermachen, mach weiter, macht weiter, machen sie weiter, "
    "machen wir weiter, weiter gehts, weiter geht es, gehts weiter, geh weiter, "
    "nächster schritt, nächste stufe, nächste phase, der nächste schritt, "
    "zum nächsten schritt, zur nächsten stufe, fortfahren, fahr fort, fahre fort, "
    "fahren sie fort, fortsetzen, los, los gehts, leg los, auf gehts, freigeben, freigegeben, "
    "gib frei, genehmigt, bestätigt, bestätigen, abgenommen, kann weitergehen, "
    "es kann weitergehen, kannst weitermachen, du kannst weitermachen, "
    "wir können weitermachen, lass uns weitermachen, nur zu, mach das, fertig, "
    "wir sind fertig, gekauft",
    # French
    "continuer, continuez, continuons, on continue, tu peux continuer, vous pouvez continuer, "
    "on peut continuer, vas y, allez y, allons y, on y va, c est parti, poursuis, poursuivre, "
    "poursuivez, poursuivons, avance, avancer, avancez, avançons, suivant, suivante, "
    "étape suivante, prochaine étape, à l étape suivante, passe à la suite, "
    "on passe à la suite, passons à la suite, passez à la suite, la suite, lance la suite, "
    "lance, passe à, passe au, passe aux, passons à, passons au, passons aux, "
    "passe à l étape suivante, passons à l étape suivante, valider, valide, validé, je valide, "
    "approuvé, j approuve, fais le, terminé, c est fini, feu vert, go",
    # Spanish
    "continúa, continuar, continúe, continuemos, continuamos, sigue, siga, sigamos, seguir, "
    "seguimos, sigue adelante, sigue así, adelante, avanza, avanzar, avancemos, "
    "puedes continuar, puedes seguir, podemos continuar, podemos seguir, siguiente, "
    "siguiente paso, próximo paso, siguiente etapa, el siguiente paso, al siguiente paso, "
    "pasa al siguiente, pasa al siguiente paso, pasa a, pasa al, pasa a los, pasa a las, "
    "pasemos a, vamos, vámonos, aprobado, aprobada, apruebo, lo apruebo, aprobar, dale, hazlo, "
    "confirmo, confirmado, listo, hecho, terminado",
    # Italian
    "continua, continua pure, vai pure, procedi pure, avanti pure, si continui, continuare, "
    "continuate, continuiamo, prosegui, proseguire, proseguiamo, proseguite, procedi, "
    "procedere, procediamo, procedete, avanti, avanti così, vai avanti, andiamo avanti, "
    "andate avanti, si può continuare, puoi continuare, possiamo continuare, prossimo passo, "
    "il prossimo passo, passo successivo, fase successiva, prossima fase, al prossimo passo, "
    "vai, andiamo, approvato, approvata, approvo, approva, lo approvo, fallo, confermo, "
    "confermato, fatto, finito",
    # Dutch
    "ga door, ga zo door, ga maar door, ga verder, ga maar verder, doorgaan, door naar, "
    "gaan we door, we gaan door, we kunnen door, je kunt doorgaan, je kan doorgaan, verder, "
    "verder gaan, verdergaan, volgende, volgende stap, volgende fase, de volgende stap, "
    "naar de volgende stap, goedgekeurd, akkoord, vooruit, doe maar, ga je gang, bevestigd, "
    "klaar, laten we doorgaan, laten we verder gaan",
    # Portuguese
    "continue, continuemos, prossiga, prosseguir, prossegue, segue, siga, sigamos, "
    "segue em frente, siga em frente, seguir em frente, seguir, avança, avance, avançar, "
    "vamos em frente, pode continuar, pode seguir, pode avançar, podes continuar, "
    "podes seguir, podemos continuar, podemos seguir, próximo, próxima, próximo passo, "
    "próxima etapa, o próximo passo, para o próximo passo, passa à próxima etapa, aprovado, "
    "aprovada, aprovo, aprovar, manda ver, bora, vai em frente, pronto, feito, terminado",
)
"""Explicit: go on to what comes next."""

VERDICT = Lexicon(
    "im convinced, convinced, thatll do, that will do, that does it, im satisfied, "
    "i am satisfied, satisfied, im pleased, very pleased, "
    # English
    "roger, roger that, copy that, affirmative, indeed, good, looks good, looking good, "
    "look good, sounds good, all good, its good, thats good, is good, very good, great, "
    "looks great, looking great, look great, sounds great, fantastic, perfect, looks perfect, "
    "thats perfect, excellent, awesome, amazing, brilliant, beautiful, gorgeous, stunning, "
    "wonderful, lovely, superb, splendid, marvellous, marvelous, terrific, spot on, nailed it, "
    "you nailed it, love it, i love it, loving it, love this, i love this, love them, "
    "i love them, we love it, i like it, like it, i like this, i like them, i really like it, "
    "we like it, fine, looks fine, thats fine, works, works for me, that works, this works, "
    "im happy, i am happy, im happy with it, im happy with this, im happy with that, "
    "happy with it, happy with this, happy, were good, we are good, yes, yeah, yep, yup, "
    "yes please, sure, sure thing, ok, okay, okey, k, kk, alright, all right, right, correct, "
    "exactly, absolutely, definitely, of course, agreed, lgtm, thats the one, thats the shot, "
    "this is the one, this is it, thumbs up, exactly what i wanted, "
    "exactly what i had in mind, just what i wanted, what i wanted, no changes, "
    "no changes needed, no change needed, no notes, no further notes, no further changes, "
    "no complaints, no objections, nothing to change, nothing to add, no more changes, "
    "couldnt be better, could not be better, cant complain",
    # German
    "gut, sehr gut, sieht gut aus, sieht super aus, sieht toll aus, sieht klasse aus, "
    "sieht prima aus, sieht großartig aus, sieht perfekt aus, schaut gut aus, "
    "schaut super aus, super, toll, klasse, prima, perfekt, großartig, wunderbar, wunderschön, "
    "ausgezeichnet, hervorragend, schön, sehr schön, spitze, top, geil, passt, das passt, "
    "passt so, passt für mich, so kann es bleiben, kann so bleiben, so lassen, bleibt so, "
    "gefällt mir, das gefällt mir, gefällt mir gut, gefällt mir sehr, mag ich, ich mag es, "
    "liebe es, ich liebe es, ja, jawohl, jep, jo, klar, alles klar, alles gut, alles gut so, "
    "gerne, in ordnung, einverstanden, genau, genau so, stimmt, so ist es gut, "
    "so gefällt es mir, keine änderungen, keine einwände, nichts zu ändern, kein problem, "
    "gekauft",
    # French
    "bon, bien, c est bon, c est bien, cest bon, très bien, parfait, parfaite, parfaites, "
    "c est parfait, super, génial, excellent, magnifique, superbe, top, impeccable, nickel, "
    "formidable, très beau, c est beau, très belle, j aime, jaime, j aime bien, "
    "j aime beaucoup, j adore, jadore, ça me plaît, ça me va, ça marche, oui, ouais, d accord, "
    "daccord, ok pour moi, entendu, bien sûr, exactement, tout est bon, aucun changement, "
    "rien à changer, rien à redire, pas de problème",
    # Spanish
    "bien, muy bien, está bien, está muy bien, perfecto, perfecta, perfectas, perfectos, "
    "está perfecto, están perfectos, están perfectas, genial, excelente, estupendo, "
    "fantástico, fenomenal, precioso, hermoso, bonito, muy bonito, me gusta, me gusta mucho, "
    "me encanta, me parece bien, se ve bien, se ve genial, queda bien, quedó bien, sí, si, "
    "claro, vale, de acuerdo, por supuesto, exacto, todo bien, sin cambios, nada que cambiar, "
    "no hay problema",
    # Italian
    "bene, molto bene, va bene, va benissimo, perfetto, è perfetto, ottimo, eccellente, "
    "fantastico, magnifico, splendido, bello, bella, bellissimo, bellissima, bellissime, "
    "bellissimi, perfetta, perfette, perfetti, ottima, ottime, stupendo, mi piace, "
    "mi piace molto, lo adoro, certo, sì, daccordo, esatto, tutto bene, tutto ok, "
    "nessuna modifica, niente da cambiare, nessun problema",
    # Dutch
    "goed, heel goed, prima, mooi, heel mooi, perfect, top, geweldig, fantastisch, uitstekend, "
    "prachtig, ziet er goed uit, ziet er mooi uit, ziet er geweldig uit, ziet er top uit, "
    "ziet er prima uit, leuk, bevalt me, ik vind het mooi, ik vind het goed, helemaal goed, "
    "helemaal top, helemaal prima, dat is goed, ja, ja hoor, ja graag, oké, okee, zeker, "
    "natuurlijk, precies, geen wijzigingen, niets te veranderen, geen probleem",
    # Portuguese
    "bom, boa, muito bom, tá bom, está bom, está ótimo, tá ótimo, ótimo, perfeito, perfeita, "
    "excelente, maravilhoso, lindo, linda, ficou lindo, ficou bom, ficou ótimo, "
    "ficou perfeito, ficou linda, gostei, gostei muito, gosto, adorei, adoro, amei, sim, "
    "claro, certo, beleza, está bem, tudo bem, tudo certo, combinado, de acordo, com certeza, "
    "exatamente, sem mudanças, sem alterações, nada a mudar, sem problema",
    "👍, ✅, 👌, ✔, 🙌, 🎉, 💯, 🚀",
)
"""Implicit: the take is good. Alone it approves; beside a wish it is a nicety."""

NICETY = Lexicon(
    "nice, very nice, so nice, cool, wow, whoa, oh, ah, haha, lol, hi, hello, hey, thanks, "
    "thanks a lot, thank you, thank you so much, thank you very much, thx, ty, cheers, "
    "not bad, good job, great job, nice job, well done, nice work, good work, great work, "
    "great stuff, good stuff, good enough, much better, better, way better, a lot better, "
    "otherwise, dear, mate, buddy, folks, team, everyone, hallo, danke, vielen dank, "
    "danke schön, merci, merci beaucoup, bonjour, salut, joli, très joli, gracias, "
    "muchas gracias, hola, guay, grazie, grazie mille, ciao, carino, bedankt, dank je, "
    "dank je wel, dankjewel, dank u, hoi, obrigado, obrigada, muito obrigado, muito obrigada, "
    "olá, oi, legal, giro, interesting, interessant, intéressant, ❤, 😍, 🔥, 🙏, 😊, 🙂, 😀, "
    "✨, ⭐, 👏, nett, besser, bravo, viel besser, mieux, mejor, meglio, beter, melhor",
)
"""Friendly, and no verdict."""

AROUND_APPROVAL = Lexicon(
    "time to, time for, pure, "
    # English
    "please, pls, plz, kindly, now, then, and, so, just, the, a, an, this, that, it, its, is, "
    "are, thats, these, those, they, them, all, everything, very, really, quite, pretty, "
    "totally, completely, simply, with, to, of, for, from, in, on, as is, as it is, like this, "
    "like that, this way, here, me, my, us, we, i, you, your, one, ones, step, stage, result, "
    "version, work, shot, shots, picture, pictures, image, images, photo, photos, lot, much, "
    "right now, right away, straight, straight away, also, too, well, lets, let us, action, "
    "decision, type, answer, feedback, status, value, by me, here we, there, up, both, "
    "every one, each, six, five, im, am, id say, say, i say, what, wanted, want, part, "
    "whole thing, such a, such, truly, absolutely, "
    # German
    "bitte, bitteschön, jetzt, dann, und, so, das, die, der, den, dem, es, ist, sind, alles, "
    "alle, ganz, sehr, wirklich, einfach, mit, zu, zum, zur, mir, uns, wir, ich, du, mal, "
    "auch, schon, aus, finde, für mich, doch, "
    # French
    "s il te plaît, s il vous plaît, stp, svp, maintenant, puis, alors, donc, et, le, la, les, "
    "l, c, ce, cela, ça, est, sont, tout, toutes, tous, très, vraiment, avec, à, au, aux, de, "
    "des, du, moi, nous, on, je, j, tu, pour, y, comme ça, comme, "
    # Spanish
    "por favor, ahora, entonces, pues, y, el, los, las, lo, es, son, está, están, todo, toda, "
    "todos, todas, muy, así, con, al, del, nosotros, yo, tú, para, que, se, ve, ven, "
    # Italian
    "per favore, per piacere, adesso, ora, allora, poi, quindi, e, il, gli, i, è, sono, tutto, "
    "tutti, tutte, molto, davvero, così, con, alla, ai, del, della, noi, io, per, che, mi, "
    "sembra, "
    # Dutch
    "alsjeblieft, alstublieft, aub, nu, dan, dus, en, het, een, dit, dat, zijn, alles, heel, "
    "erg, echt, met, naar, van, mij, ons, wij, we, ik, je, jij, zo, maar, hoor, er, ziet, "
    "vind, "
    # Portuguese
    "por favor, agora, então, e, o, os, as, um, uma, isto, isso, é, são, está, tudo, muito, "
    "mesmo, assim, com, ao, aos, à, do, da, nós, eu, você, para, pra, que, ficou, ficaram",
)
"""What may stand around an approval without changing it."""

YES = Lexicon(
    "yes, yeah, yep, yup, yes please, yes do, yes do it, sure, sure do, ok, okay, please do, "
    "do it, do that, go for it, exactly, right, correct, that, that one, ja, ja bitte, gerne, "
    "genau, mach das, oui, oui s il te plaît, vas y, sí, si, sí por favor, dale, claro, sì, "
    "certo, ja graag, doe maar, sim, isso, pode ser, 👍, ✅, 👌",
)
"""A bare yes, which answers whatever the director asked last."""

NO = Lexicon(
    "no, nope, nah, no thanks, no thank you, nein, nein danke, non, non merci, no gracias, "
    "no grazie, nee, nee dank je, não, não obrigado, não obrigada, 👎",
)
"""A bare no."""

GO_WITH = Lexicon(
    "continue, continue on, continue with, continue to, carry on, go on, go ahead, keep going, "
    "move on, proceed, proceed with, advance, weiter, weitermachen, mach weiter, weiter gehts, "
    "fortfahren, fahr fort, fortsetzen, continuer, continuez, continuons, on continue, "
    "poursuis, poursuivez, continúa, continuar, continúe, continuemos, sigue, sigue adelante, "
    "siga, continua, continuare, continuiamo, prosegui, procedi, vai avanti, andiamo avanti, "
    "ga door, ga verder, doorgaan, verder, verdergaan, segue, prossiga, pode continuar, "
    "siga em frente",
)
"""Goes on also where a setting stands beside it; a mere ``go`` does not."""

BARE = word_set("top right fine klasse spitze bon bien linda bella bonito k like happy works")
"""Verdicts of one word that mean something else after a word that is not one of these."""
BEFORE_BARE = word_set(
    "is its it are looks look all ist sieht echt really very so im i c est ok okay yes ja "
    "esta e ficou ziet that this alles und and everything good"
)
