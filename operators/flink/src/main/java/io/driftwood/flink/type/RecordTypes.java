package io.driftwood.flink.type;

import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.SetAside;
import io.driftwood.inference.summary.PosteriorSummary;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * Type information of the records on the streams of a job. To be given explicitly ({@code returns(RecordTypes.OBSERVATION)}),
 * because Flink would analyse the records by reflection otherwise.
 */
public final class RecordTypes {

    public static final TypeInformation<Observation> OBSERVATION = new OwnTypeInformation<>(Observation.class, new ObservationSerializer());
    public static final TypeInformation<SetAside> SET_ASIDE = new OwnTypeInformation<>(SetAside.class, new SetAsideSerializer());
    public static final TypeInformation<PosteriorSummary> SUMMARY =
            new OwnTypeInformation<>(PosteriorSummary.class, new PosteriorSummarySerializer());

    private RecordTypes() {}
}
