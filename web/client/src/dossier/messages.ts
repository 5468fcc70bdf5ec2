import type { Name } from "./dossier";

// The French words of a booking made for a file of the SAMU's own software.
export const d = {
  bookingFor: (number: string): string => `Pour le dossier ${number} :`,
  nothingMore: "rien d’autre n’a été transmis",
  close: "Fermer le dossier",
  unread: (names: readonly string[]): string => `Non repris, à vérifier : ${names.join(", ")}.`,
  sexes: { F: "femme", M: "homme", I: "sexe indéterminé" } as const,
  names: {
    numero: "numéro", commune: "commune", age: "âge", sexe: "sexe", motif: "motif", nom: "nom", prenom: "prénom", naissance: "date de naissance", telephone: "téléphone",
  } satisfies Record<Name, string>,

  title: "Réserver pour un dossier",
  lead: "Ce centre garde ses appels dans son propre logiciel. Ouvrez le tableau depuis le dossier, ou recopiez ici son numéro : rien d’autre n’est obligatoire.",
  number: "Numéro de dossier",
  numberWrong: "Lettres, chiffres, espaces et . / _ - seulement, 40 au plus.",
  age: "Âge",
  ageWrong: "Par exemple 62, ou 8 mois.",
  sex: "Sexe",
  reason: "Motif",
  commune: "Commune",
  open: "Ouvrir le tableau",
} as const;
