package io.driftwood.flink;

import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;

/** The state backends that users run on. */
public enum Backend {
    HEAP,
    ROCKSDB;

    public StateBackend create() { return this == HEAP ? new HashMapStateBackend() : new EmbeddedRocksDBStateBackend(); }
}
