package io.driftwood.connectors;

import io.driftwood.connectors.contract.SourceConnector;
import io.driftwood.connectors.file.FileConnector;
import io.driftwood.connectors.kafka.KafkaSourceConnector;
import io.driftwood.connectors.standard.StandardInput;
import io.driftwood.inference.catalogue.Catalogue;

/** The sources that can be chosen under {@code source}. */
public final class Sources {

    public static final Catalogue<SourceConnector> CATALOGUE = Catalogue.of(
            "source",
            FileConnector.ENTRY,
            KafkaSourceConnector.ENTRY,
            StandardInput.ENTRY);

    private Sources() {}
}
