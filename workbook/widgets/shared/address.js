// @ts-check
// Addresses of scenarios on a served page.

/** The visitor's own parameters: they stay in the address bar and are never in a link. */
const PRIVATE_PARAMETERS = ["token", "pin"];

/**
 * @param {[string, string]} pair
 * @returns {boolean}
 */
const isPrivate = ([name]) => PRIVATE_PARAMETERS.includes(name);

/**
 * The page's address with a query and the visitor's own parameters. Whatever else was in the address,
 * such as what a newsletter adds, is left out.
 *
 * @param {string} query
 */
export const addressFor = (query) => {
  const privateQuery = new URLSearchParams(
    [...new URLSearchParams(location.search)].filter(isPrivate),
  ).toString();
  const fullQuery = [query, privateQuery].filter(Boolean).join("&");
  return location.pathname + (fullQuery ? `?${fullQuery}` : "") + location.hash;
};

/**
 * Whether two queries are of the same scenario.
 *
 * @param {string} first
 * @param {string} second
 */
export const isSameScenario = (first, second) => {
  /** @param {string} query */
  const scenarioPairs = (query) =>
    JSON.stringify([...new URLSearchParams(query)].filter((pair) => !isPrivate(pair)).sort());
  return scenarioPairs(first) === scenarioPairs(second);
};
