// Every page and state that must be accessible. A new page is one line: [name, who looks (a role, or null for nobody), address, how to get there from it].
import { book, dayFromNow, freeOn } from "./agenda-people.mjs";
import { fillBooking, freeSlots, identityFor } from "./browser.mjs";

const nothing = async () => {};
const heading = (name) => (page) => page.getByRole("heading", { name }).first().waitFor();
const shown = (text) => (page) => page.getByText(text).first().waitFor();
const button = (name) => (page) => page.getByRole("button", { name }).first().click();
const choice = (name) => (page) => page.getByText(name, { exact: true }).first().click();
const then = (...steps) => async (page, tools) => {
  for (const step of steps) await step(page, tools);
};

/** A request of one's own, asked through the API. */
const askAndShow = async (page, { context }) => {
  await page.getByRole("heading", { name: "Demandes", exact: true }).waitFor();
  const [territory] = await (await context.request.get(new URL("/api/territories", page.url()).href)).json();
  const patient = { lastName: "Essai", firstName: "Ana", birthDate: "1962-05-03", sex: "F", phone: "0612345678" };
  await context.request.post(new URL("/api/requests", page.url()).href, {
    data: { requestId: crypto.randomUUID(), territoryId: territory.id, stream: "gp", eligibility: "RegisteredGpAbsent", registeredGp: "no", reason: "M03.14", vitalSignsExcluded: true, patient },
  });
  await page.locator("[data-request]").first().waitFor();
};
const takeSlot = then((page) => freeSlots(page).last().click(), shown("Gardé pour vous"));
/** A pharmacist's booking whose slot its practitioner withdraws. */
const withdrawBooked = async (page, { context }) => {
  const url = new URL(page.url()).origin;
  const [pharmacy, practice] = await Promise.all(
    ["pharmacist", "generalPractitioner"].map(async (role) => {
      const person = await context.browser().newContext();
      await person.request.post(`${url}/api/session`, { data: { identity: (await identityFor(url, role)).id } });
      return person;
    }),
  );
  const [agenda] = (await practice.request.get(`${url}/api/agendas`).then((answer) => answer.json())).filter(({ own }) => own);
  const [slot] = await freeOn(practice.request, url, agenda.id, dayFromNow(1));
  await book(pharmacy.request, url, slot.id);
  await practice.request.post(`${url}/api/slots/${encodeURIComponent(slot.id)}/withdraw`, { data: { requestId: crypto.randomUUID(), evenIfHeld: true, replaceBookings: true } });
  await Promise.all([pharmacy.close(), practice.close()]);
};
/** A PIN, and this computer as a shared one. */
const shared = then(
  button("Choisir un code PIN"),
  (page) => page.getByLabel(/^Nouveau code PIN/).fill("2580"),
  (page) => page.getByLabel("Encore une fois").fill("2580"),
  button("Enregistrer"),
  button("Ce poste est partagé"),
  shown("Ce poste est partagé."),
);
const confirm = (page) => page.locator("button[type=submit][form^=booking]").click();
const lost = (page) =>
  page.route("**/api/slots/*/hold", (route) =>
    route.fulfill({ status: 409, contentType: "application/problem+json", body: JSON.stringify({ code: "slot-taken", title: "Créneau déjà réservé", detail: "Réservé par la Pharmacie du Marché.", alternatives: [] }) }),
  );

export const STATES = [
  ["identity picker", null, "/", heading("Qui êtes-vous ?")],
  ["accessibility statement", null, "/?page=accessibilite", heading(/^Accessibilité/)],
  ["legal notice", null, "/?page=mentions-legales", heading("Mentions légales")],
  ["privacy", null, "/?page=confidentialite", heading("Confidentialité")],
  ["sign-in with an account, refused", null, "/?page=connexion", then((page) => page.getByLabel("Adresse électronique").fill("inconnu@ex.fr"), (page) => page.getByLabel("Mot de passe").fill("pas le bon"), (page) => page.getByLabel("Code à 6 chiffres").fill("000000"), button("Se connecter"), shown(/inexact/))],
  ["invitation that is not valid", null, "/?page=invitation#personne.rien", shown(/Ce lien a déjà servi/)],
  ["asking for access, incomplete", null, "/?page=demander-un-acces", then(heading("Demander un accès"), button("Envoyer la demande"), shown("À choisir."))],
  ["address that leads nowhere", null, "/nulle-part", heading("Cette page n’existe pas.")],
  ["emergency, nobody signed in", null, "/", then(heading("Qui êtes-vous ?"), (page) => page.keyboard.press("F8"), heading("Appelez le 15"))],

  ["board", "pharmacist", "/", nothing],
  ["board, every state", "regulator", "/?etats=tous&delai=tout", nothing],
  ["list", "pharmacist", "/?vue=liste", nothing],
  ["board without a match", "pharmacist", "/", then((page) => page.getByLabel("Rechercher").fill("zzzz"), shown("Aucun créneau ne correspond"))],
  ["board of a coordinator", "coordinator", "/", nothing],
  ["drawer, form", "pharmacist", "/", takeSlot],
  ["drawer, form of a telesecretary", "teleSecretary", "/", takeSlot],
  ["drawer, errors", "pharmacist", "/", then(takeSlot, confirm, shown("à compléter ou à corriger"))],
  [
    "drawer, pasted line",
    "pharmacist",
    "/",
    then(takeSlot, button(/^Coller/), (page) => page.getByLabel("Ligne à coller").fill("DURAND;Ana;03/05/1962;F;0612345678;???"), button("Remplir"), shown("5 champs remplis")),
  ],
  [
    "drawer, two tabs",
    "pharmacist",
    "/",
    then(takeSlot, (page) => page.getByLabel("Prénom").fill("Ana"), (page) => freeSlots(page).last().click(), (page) => page.getByRole("tab").nth(1).waitFor(), shown("Même patient")),
  ],
  ["own bookings", "pharmacist", "/?page=reservations", heading(/^À venir/)],
  ["access log", "coordinator", "/?page=journal", then(heading(/^Journal d/), shown(/accès$|Aucun accès/))],
  ["drawer, lost race", "pharmacist", "/", then(lost, (page) => freeSlots(page).last().click(), shown("Créneaux équivalents"))],
  ["drawer, question before closing", "pharmacist", "/", then(takeSlot, (page) => page.getByLabel("Prénom").fill("Ana"), (page) => page.keyboard.press("Escape"), shown("Abandonner la saisie ?"))],
  [
    "drawer, slip",
    "pharmacist",
    "/?modes=surgery",
    then(takeSlot, (page, { round }) => fillBooking(page, { lastName: `Essai${"abcdefgh"[round]}`, firstName: "Ana", birthDate: "03/05/1962" }), confirm, shown("Rendez-vous confirmé")),
  ],
  ["regulation, no centre", "regulator", "/?page=regulation", heading("Régulation")],
  ["requests, none", "pharmacist", "/?page=demandes", shown("Aucune demande n’attend.")],
  ["requests, form", "teleSecretary", "/?page=demandes", then(heading("Demandes"), button(/^Nouvelle demande/), heading("Nouvelle demande"), button("Envoyer la demande"), shown("à compléter ou à corriger"))],
  ["requests, open ones and how they end", "pharmacist", "/?page=demandes", then(askAndShow, button(/^Sans suite/), shown("Pourquoi sans suite ?"), button(/^Voir le patient/), shown("Téléphone"))],
  ["requests, other endings", "teleSecretary", "/?page=demandes", then((page) => page.locator("[data-request]").first().waitFor(), button(/^Prendre/), shown("Entre vos mains"), button(/^Autre/), shown("Elle est servie"))],
  ["board for a request", "teleSecretary", "/?page=demandes", then((page) => page.locator("[data-request]").first().waitFor(), button(/^Réserver/), (page) => page.getByTestId("linked-request").waitFor(), takeSlot)],
  ["unserved need", "pharmacist", "/", then(button("Aucun créneau ne convient"), heading("Aucun créneau ne convient"))],
  ["agenda", "generalPractitioner", "/?page=agenda", heading("Mon agenda")],
  ["agenda, open a slot", "generalPractitioner", "/?page=agenda", then(heading("Mon agenda"), button(/^Ouvrir un créneau/), (page) => page.getByRole("dialog").waitFor())],
  ["agenda, list", "generalPractitioner", "/?page=agenda", then(heading("Mon agenda"), choice("Liste"), (page) => page.locator("li[data-slot]").first().waitFor())],
  ["agenda, a slot of the calendar", "generalPractitioner", "/?page=agenda", then((page) => page.locator("[data-event]").last().click(), heading("Créneau choisi"))],
  ["agenda, weekly template", "generalPractitioner", "/?page=agenda", then(choice("Semaine type"), heading("Votre semaine"))],
  ["agenda, absences", "generalPractitioner", "/?page=agenda", then(choice("Absences"), heading("Absences déclarées"))],
  ["agenda, absence", "generalPractitioner", "/?page=agenda", then(button("Absence…"), shown("Aucun patient n’est réservé."))],
  ["agenda, settings", "generalPractitioner", "/?page=agenda", then(choice("Réglages"), heading("Qui peut réserver"))],
  ["patients to book elsewhere, none", "pharmacist", "/?page=a-replacer", shown("Personne n’est à replacer.")],
  ["members, one and several to invite", "coordinator", "/?page=membres", then(button("Inviter des personnes"), (page) => page.getByLabel("Lignes à inviter").fill("Ana Essai;ana@ex.fr;pharmacie;nulle part"), shown(/1 ligne à corriger/), button(/^Inviter (?!des|1|\d|Aucune)/), shown(/^Adresse électronique de/))],
  ["grants, one to end", "coordinator", "/?page=droits", then(heading("Droits"), button(/^Terminer\s:.*Pharmacie/), shown("Quand"))],
  ["persons, nobody of that name", "coordinator", "/?page=personnes", then((page) => page.getByLabel("Nom de naissance").fill("Personne"), (page) => page.getByLabel("Prénom").fill("Ana"), (page) => page.getByLabel("Date de naissance").fill("09/03/1961"), button("Rechercher"), shown(/^Personne ne correspond/))],
  ["help", "pharmacist", "/", then(button(/^Aide/), heading("Aide sur cette page"))],
  ["shared computer, locked", "pharmacist", "/?page=compte", then(shared, button("Verrouiller le poste"), heading("Poste verrouillé"), shown(/^Code PIN de/))],
  ["emergency, outside the SAS", "pharmacist", "/", then((page) => page.keyboard.press("F8"), heading("Appelez le 15"))],
  ["emergency, inside the SAS", "regulator", "/", then((page) => page.keyboard.press("F8"), heading("Transférez à l’AMU"))],
  ["page not for this role", "pharmacist", "/?page=agenda", heading("Cette page n’est pas ouverte à votre rôle.")],
  ["kept board", "pharmacist", "/?page=secours", heading("Dernier tableau connu")],
  ["link lost", "pharmacist", "/", then((_, { context }) => context.setOffline(true), shown("Aucun créneau n’est proposé"))],
  [
    "session ended over a dialog",
    "pharmacist",
    "/",
    then(button("Aucun créneau ne convient"), heading("Aucun créneau ne convient"), (_, { context }) => context.clearCookies(), button("Trop loin"), heading("Votre session est terminée"), (page) => page.getByRole("button", { name: /^Rouvrir ma session/ }).click({ trial: true })),
  ],
  [
    "session ended",
    "pharmacist",
    "/",
    then((_, { context }) => context.clearCookies(), (page) => page.getByRole("link", { name: "Mes réservations" }).evaluate((one) => one.click()), heading("Votre session est terminée")),
  ],
  // Last: they leave a patient to replace.
  ["agenda, a patient to book elsewhere", "generalPractitioner", "/?page=agenda", then(withdrawBooked, choice("Liste"), (page) => page.locator("li[data-slot]").getByText("À replacer").first().waitFor())],
  ["agenda, a patient to book elsewhere on the calendar", "generalPractitioner", "/?page=agenda", then(withdrawBooked, choice("Calendrier"), (page) => page.locator("[data-event][data-replace]").first().waitFor())],
  ["patients to book elsewhere", "teleSecretary", "/?page=a-replacer", then(withdrawBooked, (page) => page.reload(), heading(/^À replacer \(/))],
];
