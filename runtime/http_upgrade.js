// The `upgrade` hook of a server together with options that are functions: one hook for the native
// half. Loaded where there are such options.

function isThenable(value) {
  return typeof value?.then === 'function';
}

// Goes on with a value, at once or when its promise settles.
function after(value, next) {
  return isThenable(value) ? Promise.resolve(value).then(next) : next(value);
}

/** Each of the functions may be async, or undefined. */
export function compose(upgrade, choose, allow) {
  const finish = (verdict, req, offered) => {
    const accepted = verdict === undefined || verdict === true ||
      (typeof verdict === 'object' && verdict !== null && verdict.status === undefined);
    if (!choose || !accepted || verdict?.protocol !== undefined) return verdict;
    return after(choose(offered, req), (name) => ({ ...verdict, protocol: name ?? '' }));
  };
  return (req, offered) => {
    const { origin } = req.headers;
    const allowed = !allow || origin === undefined ? true : allow(origin, req);
    return after(allowed, (isAllowed) => {
      if (!isAllowed) {
        return { status: 403, body: `origin ${origin} may not open a WebSocket here\n` };
      }
      return after(upgrade?.(req, offered), (verdict) => finish(verdict, req, offered));
    });
  };
}
