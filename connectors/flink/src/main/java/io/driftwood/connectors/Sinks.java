package io.driftwood.connectors;

import io.driftwood.connectors.contract.SinkConnector;
import io.driftwood.connectors.file.FileSinkConnector;
import io.driftwood.connectors.kafka.KafkaSinkConnector;
import io.driftwood.connectors.standard.StandardOutput;
import io.driftwood.inference.catalogue.Catalogue;

/** The sinks that can be chosen under {@code sinks}. */
public final class Sinks {

    public static final Catalogue<SinkConnector> CATALOGUE = Catalogue.of(
            "sink",
            StandardOutput.STDOUT,
            StandardOutput.STDERR,
            FileSinkConnector.ENTRY,
            KafkaSinkConnector.ENTRY);

    private Sinks() {}
}
