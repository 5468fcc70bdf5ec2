// What these pages say must be true of this version: change them with it.
import type { LegalPageId } from "./pages";

/** A paragraph, or a list. */
export type Block = string | readonly string[];

interface LegalText {
  lead: string;
  sections: readonly { title: string; blocks: readonly Block[] }[];
}

export const TEXTS: Record<LegalPageId, LegalText> = {
  accessibilite: {
    lead: "SnpLive veut être utilisable par tous ceux qui y travaillent, au clavier, avec un lecteur d’écran, agrandi, en clair comme en sombre. Cette page dit ce qui a été vérifié, et ce qui ne l’a pas été.",
    sections: [
      {
        title: "État de conformité",
        blocks: [
          "Accessibilité : non conforme au RGAA 4.1, faute d’audit. Aucun audit complet n’a encore été mené ; seul un tel audit permettrait d’annoncer une conformité partielle ou totale.",
        ],
      },
      {
        title: "Ce qui est vérifié à chaque version",
        blocks: [
          "Des tests automatiques refusent la version si l’un de ces points n’est plus vrai :",
          [
            "axe-core (règles WCAG 2.2 A et AA, et bonnes pratiques) ne relève aucune violation sur les pages et états essayés, chacun sous deux aspects : clair à 1440 px de large, sombre à 390 px ;",
            "une réservation se fait entièrement au clavier ; le focus revient d’où il venait à la fermeture d’un panneau ;",
            "ces états se replient sans défilement horizontal de la page à 720 px (un écran de 1440 px agrandi à 200 %) et à 320 px ;",
            "l’écran d’urgence s’ouvre d’une touche (F8) et prend le focus, même au-dessus d’un autre panneau.",
          ],
          "Les états des créneaux se lisent par le texte et la forme, jamais par la seule couleur ; les changements sont annoncés poliment aux lecteurs d’écran ; les animations respectent le réglage « réduire les animations ».",
        ],
      },
      {
        title: "Ce qui ne l’est pas encore",
        blocks: [
          [
            "pas d’essai par des utilisateurs de lecteurs d’écran (NVDA, JAWS, VoiceOver) ;",
            "pas de revue manuelle des 106 critères du RGAA ;",
            "axe-core n’est pas passé en clair sur téléphone ni en sombre en grand écran, et un outil automatique ne voit qu’une partie des défauts ;",
            "le tableau peut compter des centaines de créneaux : au clavier, la recherche est le chemin le plus court.",
          ],
        ],
      },
      {
        title: "Établissement de cette déclaration",
        blocks: [
          "Déclaration établie le 24 novembre 2026 par l’équipe qui développe SnpLive, sur la base des tests automatiques ci-dessus, dans Chromium. Technologies : HTML, CSS, TypeScript, React, WAI-ARIA.",
        ],
      },
      {
        title: "Signaler un obstacle",
        blocks: [
          "Dites à la coordination de votre CPTS, ou à qui exploite ce serveur, ce que vous vouliez faire, sur quelle page, et avec quel outil. L’action bloquée peut toujours être faite par téléphone au télésecrétariat ou à la régulation.",
          "Sans réponse satisfaisante, vous pouvez saisir le Défenseur des droits : en ligne, par téléphone au 09 69 39 00 00, ou par courrier gratuit à Défenseur des droits, Libre réponse 71120, 75342 Paris CEDEX 07.",
        ],
      },
    ],
  },

  "mentions-legales": {
    lead: "Ce serveur tourne en démonstration : les personnes sont fictives, et aucun rendez-vous n’y est réel.",
    sections: [
      {
        title: "Éditeur",
        blocks: [
          "SnpLive est un logiciel. L’éditeur d’un site au sens de la loi du 21 juin 2004 est la structure qui l’exploite — une CPTS, un SAS ou leur groupement. Une démonstration n’en a pas d’autre que la personne qui l’a démarrée.",
        ],
      },
      {
        title: "Hébergement",
        blocks: [
          "La démonstration est hébergée sur l’ordinateur qui la fait tourner. En usage réel, des données de santé ne peuvent être confiées qu’à un hébergeur certifié (article L. 1111-8 du code de la santé publique).",
        ],
      },
      {
        title: "Ce que ce logiciel n’est pas",
        blocks: [
          [
            "Il ne remplace pas le 15 : une urgence vitale ne reçoit jamais de rendez-vous.",
            "Il ne pose pas de diagnostic et ne choisit pas à la place du patient, qui reste libre de son praticien.",
          ],
        ],
      },
      {
        title: "Composants",
        blocks: ["Le site ne charge rien d’ailleurs : ni police, ni carte, ni mesure d’audience. La liste des bibliothèques du site et leurs licences accompagnent le code source (web/client/package-lock.json)."],
      },
    ],
  },

  confidentialite: {
    lead: "Ce que SnpLive enregistre, où, pour qui — et ce qu’il n’enregistre pas.",
    sections: [
      { title: "Démonstration", blocks: ["N’entrez ici aucune donnée réelle : choisissez un nom inventé."] },
      {
        title: "Données d’un rendez-vous",
        blocks: [
          "Nom, prénom, date de naissance, sexe, téléphone et, s’il le faut, adresse, médecin traitant, motif codé et note pour le praticien. Elles servent à organiser ce rendez-vous, et à empêcher qu’une personne prenne deux rendez-vous pour le même besoin.",
          [
            "L’identité est chiffrée (AES-256-GCM) ; la clé n’est pas dans la base de données.",
            "La lisent : le praticien qui reçoit, qui a réservé, et qui peut annuler. Les autres voient un créneau réservé, rien de plus.",
            "Ni le journal, ni les tableaux en direct, ni les adresses des pages ne portent d’identité.",
            "Une demande sans solution et un appui sur « Appeler le 15 » sont comptés sans identité de patient.",
          ],
        ],
      },
      {
        title: "Dans votre navigateur",
        blocks: [
          [
            "Un cookie, « snp », garde votre session. Il est indispensable, illisible par les scripts, et finit avec elle.",
            "Le dernier tableau vu (créneaux et téléphones des cabinets, sans patient) est gardé 24 h au plus pour servir sans réseau ; changer d’identité l’efface.",
            "Un passage en urgence qui n’a pas pu être envoyé attend ici que le serveur réponde.",
            "Le choix « calendrier » ou « liste » de l’agenda.",
            "Aucune mesure d’audience, aucun autre site appelé. Si vous demandez des notifications dans ce navigateur, elles passent par son éditeur, chiffrées et sans donnée de patient.",
          ],
        ],
      },
      {
        title: "Vos droits",
        blocks: [
          "Accès, rectification, effacement, limitation : adressez-vous à la structure qui exploite le service (votre CPTS ou SAS), qui peut effacer une identité sans toucher au journal. Vous pouvez aussi saisir la CNIL.",
        ],
      },
    ],
  },
};
