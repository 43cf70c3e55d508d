/** Flink's view of the wire's records: small hand-written serializers, so that nothing falls back to reflection. */
package io.driftwood.connectors.type;
