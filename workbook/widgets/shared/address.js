// @ts-check
// Addresses of scenarios on a served page.

/** The visitor's own parameter: it stays in the address bar and is never in a link. */
const TOKEN = "token";
/** The record of a link's figures. It stays while the page shows the scenario of that link. */
const PIN = "pin";
const PRIVATE_PARAMETERS = [TOKEN, PIN];

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
  const keepsPin = isSameScenario(location.search, query) && !new URLSearchParams(query).has(PIN);
  const kept = keepsPin ? PRIVATE_PARAMETERS : [TOKEN];
  const privateQuery = new URLSearchParams(
    [...new URLSearchParams(location.search)].filter(([name]) => kept.includes(name)),
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

/** The record of a link's figures that the page's address names; empty if it names none. */
export const findPin = () => new URLSearchParams(location.search).get(PIN) ?? "";
