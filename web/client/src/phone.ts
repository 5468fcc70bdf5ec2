/** "06 12 34 56 78" of a French number, however it is kept; other numbers stay as they are. */
export const phoneText = (phone: string): string => {
  const digits = phone.replace(/[\s.-]/g, "").replace(/^\+33(?=\d{9}$)/, "0");
  return /^0\d{9}$/.test(digits) ? (digits.match(/\d\d/g) ?? []).join(" ") : phone;
};

/** What dials it. */
export const phoneHref = (phone: string): string => `tel:${phone.replace(/[^\d+]/g, "")}`;
