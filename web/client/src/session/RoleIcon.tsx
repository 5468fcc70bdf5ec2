import type { Role } from "../api/contract";
import css from "./picker.module.css";

// One stroke each, on a 24 × 24 field.
const PATHS: Record<Role, string> = {
  regulator: "M4 13v-1a8 8 0 0 1 16 0v1M4 13h3v6H5a1 1 0 0 1-1-1zM20 13h-3v6h2a1 1 0 0 0 1-1zM17 19v1a1 1 0 0 1-1 1h-3",
  osnp: "M6 4h3l2 5-2.5 1.5a11 11 0 0 0 5 5L15 13l5 2v3a2 2 0 0 1-2 2A15 15 0 0 1 4 6a2 2 0 0 1 2-2z",
  dispatchAssistant: "M4 12a8 8 0 0 1 16 0M4 12v4h3v-4zM17 12v4h3v-4zM20 16a5 5 0 0 1-5 4h-2",
  secretary: "M5 4h14v12H5zM9 20h6M8 8h8M8 12h4",
  pharmacist: "M9 3h6v6h6v6h-6v6H9v-6H3V9h6z",
  teleSecretary: "M4 5h16v11H4zM9 20h6M12 16v4M8 9h8M8 12h5",
  emergencyDesk: "M3 16V7h11v9M14 10h4l3 3v3h-3M7 18.5a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6zM17 18.5a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6zM8.5 9v4M6.5 11h4",
  generalPractitioner: "M6 3v5a4 4 0 0 0 8 0V3M10 12v3a5 5 0 0 0 10 0v-2M20 13a2 2 0 1 0 0-4 2 2 0 0 0 0 4z",
  physiotherapist: "M12 6a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM4 9l8 1 8-1M12 10v5M12 15l-4 7M12 15l4 7",
  radiologist: "M4 4h16v16H4zM12 7v10M9 9h6M8 12h8M9 15h6",
  nurse: "M5 21v-2a5 5 0 0 1 5-5h4a5 5 0 0 1 5 5v2M12 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 16v4M10 18h4",
  coordinator: "M4 20V10M10 20V4M16 20v-7M3 20h18",
};

export function RoleIcon({ role }: { role: Role }): React.JSX.Element {
  return (
    <svg className={css.icon} viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
      <path d={PATHS[role]} />
    </svg>
  );
}
