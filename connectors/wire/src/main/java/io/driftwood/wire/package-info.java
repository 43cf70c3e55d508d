/**
 * Records as they travel, and their JSON: what comes in ({@link io.driftwood.wire.RawRecord} decoded to observations, questions, something
 * learned, or dead letters), what goes out (summaries, answers, alarms, versions of what was learned, dead letters, records set aside), and the published JSON Schemas. The only room that
 * knows JSON and CSV; it knows neither Flink nor Kafka.
 */
package io.driftwood.wire;
