/** Event-time order up to the watermark, for observations within a key and for summaries across keys. */
package io.driftwood.flink.order;
