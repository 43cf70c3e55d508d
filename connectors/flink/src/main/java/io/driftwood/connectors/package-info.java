/**
 * Ways in and out of a stream: {@link io.driftwood.connectors.Intake} puts a source, its decoder and the dead letters
 * together, {@link io.driftwood.connectors.EncodeFunction} brings any kind of record to a sink.
 */
package io.driftwood.connectors;
