export const up = (pgm) => {
  pgm.sql('ALTER EXTENSION pg_cskpi UPDATE');
};

// An extension has no way back. The newer version does all that the older did.
export const down = () => {};
