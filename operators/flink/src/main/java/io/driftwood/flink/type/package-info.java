/** Type information and serializers of the records that travel between operators; none falls back to reflection. */
package io.driftwood.flink.type;
