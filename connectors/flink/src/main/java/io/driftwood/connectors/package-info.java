/**
 * Ways in and out of a stream. {@link io.driftwood.connectors.Sources} and {@link io.driftwood.connectors.Sinks} are the
 * catalogues; {@link io.driftwood.connectors.Intake} puts a source, its decoder and the dead letters together, and {@link
 * io.driftwood.connectors.EncodeFunction} brings any kind of record to a sink.
 */
package io.driftwood.connectors;
