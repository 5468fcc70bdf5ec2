// Fake data for looking at the page without the real server. Never part of the product.
export const communes = {
  "sud-loire": [["44043", "Clisson", "44190", 7452], ["44212", "Vallet", "44330", 9495], ["44064", "Gorges", "44190", 5203], ["44002", "Aigrefeuille-sur-Maine", "44140", 4156], ["44070", "La Haie-Fouassière", "44690", 4775], ["44084", "Le Loroux-Bottereau", "44430", 8552], ["44169", "Saint-Julien-de-Concelles", "44450", 7883]],
  quimper: [["29232", "Quimper", "29000", 64385], ["29051", "Ergué-Gabéric", "29500", 8606], ["29020", "Briec", "29510", 5816]],
  creon: [["33140", "Créon", "33670", 4950], ["33363", "Sadirac", "33670", 4769], ["33523", "Targon", "33760", 2079]],
  "saint-etienne": [["42218", "Saint-Étienne", "42000", 173089], ["42207", "Saint-Chamond", "42400", 35419]],
};
export const territories = [
  ["sud-loire", "Sud Loire Vignoble", "44", 48],
  ["quimper", "Pays de Quimper", "29", 48],
  ["creon", "Créon – Targon", "33", 48],
  ["saint-etienne", "Saint-Étienne", "42", 24],
].map(([id, name, d, windowHours]) => ({
  id, name, windowHours, sas: { id: `sas-${d}`, name: `SAS ${d}` }, timeZone: "Europe/Paris",
  communes: communes[id].map(([code, n, postalCode, population]) => ({ code, name: n, postalCode, population, lat: 47, lon: -1 })),
}));
export const identities = [
  ["regulateur-44", "Dr Hélène Corbin", "regulator", "SAS 44", ["sud-loire"]],
  ["regulateur-national", "Dr Marc Le Bihan", "regulator", "SAS de démonstration", territories.map((t) => t.id)],
  ["osnp-44", "Nadia Fellah", "osnp", "SAS 44", ["sud-loire"]],
  ["pharmacie-marche", "Sophie Brossard", "pharmacist", "Pharmacie du Marché, Clisson", ["sud-loire"]],
  ["pharmacie-vigne", "Julien Aubert", "pharmacist", "Pharmacie de la Vigne, Vallet", ["sud-loire"]],
  ["telesecretariat", "Maud Rivière", "teleSecretary", "Télésecrétariat du Vignoble", ["sud-loire"]],
  ["urgences-chu", "Accueil urgences", "emergencyDesk", "CHU de Nantes", ["sud-loire"]],
  ["dr-martineau", "Dr Claire Martineau", "generalPractitioner", "Cabinet de la Halle, Clisson", ["sud-loire"]],
  ["dr-ollivier", "Dr Yann Ollivier", "generalPractitioner", "MSP du Lac, Vallet", ["sud-loire"]],
  ["coordination", "Élodie Chauvet", "coordinator", "CPTS Sud Loire Vignoble", ["sud-loire"]],
].map(([id, name, role, organization, t]) => ({ id, name, role, organization, territories: t }));
export const members = ["Dr Claire Martineau", "Dr Yann Ollivier", "Dr Paul Guérin", "Dr Inès Haddad"].map((name, i) => ({ id: `m${i}`, name, speciality: "Médecin généraliste" }));
export const reasons = [["M01.03", "Détresse respiratoire", true], ["M02.06", "Traumatisme bénin, petite plaie, lésion bénigne", false], ["M03.08", "Signes d’AVC", true], ["M03.14", "Fièvre, problème infectieux", false], ["M03.15", "Problème allergique", false], ["M03.20", "Douleur abdominale isolée", false], ["M03.21", "Trouble digestif", false], ["M06.02", "Demande de conseil médical, certificats - ordonnance", false], ["M06.04", "Autres motifs ou pas de motif identifié", false], ["M07.00", "Non renseigné", false]].map(([code, label, vital]) => ({ code, label, vital }));

const people = ["Claire Martineau", "Yann Ollivier", "Paul Guérin", "Inès Haddad", "Thomas Bézier", "Anne-Sophie de La Ville-Guérin", "Lucie Moreau", "Karim Benali", "Françoise Plantard", "Hugo Lefort"];
export function makeSlots(territory, now) {
  const slots = [];
  const towns = communes[territory];
  const add = (i, who, speciality, stream, mode, at, minutes, more = {}) => {
    const [, commune, postalCode] = towns[i % towns.length];
    slots.push({
      id: `${territory}-${slots.length}`, agendaId: `${territory}-a${i}`, start: new Date(at).toISOString(), end: new Date(at + minutes * 60e3).toISOString(),
      stream, mode, state: "free", capacity: 1, taken: 0, audience: ["SNP", "CPTS"], practitioner: { name: who, speciality },
      place: { name: i % 3 ? "Maison de santé" : "Cabinet de la Halle", address: `${i + 3} rue des Vignes`, commune, postalCode, phone: `02405400${String(10 + i)}`, lat: 47, lon: -1 }, ...more,
    });
  };
  const midnight = Math.floor(now / 864e5) * 864e5 - 36e5;
  const n = territory === "sud-loire" ? 30 : 8;
  for (let day = 0; day < 3; day++) {
    for (let i = 0; i < n; i++) {
      const who = `Dr ${people[i % people.length]}`;
      const jitter = ((i * 37) % 9) * 10 * 60e3;
      add(i, who, "Médecin généraliste", "gp", i % 7 === 3 ? "video" : i % 11 === 4 ? "home" : "surgery", midnight + day * 864e5 + 11.33 * 36e5 + jitter, 20, i % 9 === 1 ? { conditions: ["Pas d’enfant de moins de 3 mois"] } : {});
      add(i, who, "Médecin généraliste", "gp", "surgery", midnight + day * 864e5 + 17.33 * 36e5 + jitter, 20);
    }
    for (let i = 0; i < 3; i++) add(i, "Imagerie du Vignoble", "Radiologue", ["imaging.xray", "imaging.ultrasound", "imaging.ct"][i], "surgery", midnight + day * 864e5 + (9 + i * 3) * 36e5, 15, i === 0 ? { capacity: 3, taken: 1 } : {});
  }
  for (let k = 0; k < 4; k++) add(k, `Dr ${people[k + 3]}`, "Médecin généraliste", "gp", "surgery", Math.ceil((now + (20 + k * 11) * 60e3) / 3e5) * 3e5, 20);
  slots.forEach((s, i) => {
    const start = Date.parse(s.start);
    if (start < now) s.state = i % 3 ? "booked" : Date.parse(s.end) < now ? "past-empty" : "too-late";
    else if (i % 4 === 1) Object.assign(s, { state: "booked", taken: s.capacity });
    else if (i % 17 === 5) s.state = "withdrawn";
    else if (i % 13 === 6) Object.assign(s, { state: "held", heldBy: "Pharmacie de la Vigne", heldUntil: new Date(now + 170e3).toISOString() });
  });
  return slots;
}
