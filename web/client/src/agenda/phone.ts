/** "06 12 34 56 78" of a number kept as "+33612345678"; other numbers stay as they are. */
export const frenchPhone = (phone: string): string => {
  const national = /^\+33(\d{9})$/.exec(phone)?.[1];
  return national ? `0${national}`.replace(/(\d\d)(?=\d)/g, "$1 ") : phone;
};
