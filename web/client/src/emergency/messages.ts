// The words of the emergency exit. They load with the first page: they must be there without a network.

export const e = {
  call: "Appeler le 15",
  transfer: "Transférer à l’AMU",
  key: "F8",
  callTitle: "Appelez le 15",
  transferTitle: "Transférez à l’AMU",
  callLead: "Maintenant, depuis n’importe quel téléphone. Ne prenez pas de rendez-vous.",
  transferLead: "Maintenant. Cet appel ne reçoit pas de rendez-vous.",
  callSteps: [
    "Restez auprès de la personne et appelez, ou faites appeler à côté de vous.",
    "Dites d’où vous appelez : adresse, étage, numéro où vous joindre.",
    "Dites ce que vous voyez : conscience, respiration, douleur, saignement, depuis quand.",
    "Elle ne répond plus et ne respire pas normalement : massez, envoyez chercher un défibrillateur.",
    "Ne raccrochez pas avant qu’on vous le dise.",
  ],
  transferSteps: [
    "Gardez la personne en ligne.",
    "Passez l’appel à l’aide médicale urgente par votre téléphone.",
    "Annoncez le signe de gravité, l’adresse et le numéro de rappel.",
    "Ne raccrochez que lorsque l’AMU a pris l’appel.",
  ],
  dial: "Composer le 15",
  deaf: "Sourd, malentendant, aphasique : 114 par SMS.",
  undo: "Annuler",
  undoKey: "Échap",
  undoIn: (seconds: number): string => `encore ${seconds} s`,
  undoNote: "Appui par erreur ? Annulez : rien ne sera enregistré, votre saisie et votre créneau restent.",
  close: "Fermer cet écran",
  status: {
    undoable: "",
    recording: "Enregistrement du passage en urgence…",
    waiting: "Le passage en urgence sera enregistré dès que le serveur répondra. N’attendez pas.",
    recorded: "Passage en urgence enregistré, sans identité.",
    refused: "Le passage en urgence n’a pas pu être enregistré. Cela ne change rien à ce qu’il faut faire.",
    anonymous: "Aucune session ouverte : rien n’est enregistré.",
  },
} as const;
