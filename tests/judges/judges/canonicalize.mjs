import canonicalize from 'canonicalize';

/** RFC 8785 of a JSON text. */
export const canonical = ({ json }) => canonicalize(JSON.parse(json));
