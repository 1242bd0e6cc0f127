/** The server's rule for passwords, told before somebody types one. */
export const PASSWORD_RULE = [
  { word: "ruleLength", holds: (password: string) => password.length >= 8 },
  { word: "ruleDigit", holds: (password: string) => /[0-9]/.test(password) },
  { word: "ruleLower", holds: (password: string) => /[a-z]/.test(password) },
  { word: "ruleUpper", holds: (password: string) => /[A-Z]/.test(password) },
] as const;

export const isGood = (password: string): boolean => PASSWORD_RULE.every(({ holds }) => holds(password));
