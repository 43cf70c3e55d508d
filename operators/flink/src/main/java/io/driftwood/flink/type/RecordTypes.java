package io.driftwood.flink.type;

import io.driftwood.inference.assimilate.Answer;
import io.driftwood.inference.assimilate.Incoming;
import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.Question;
import io.driftwood.inference.assimilate.RaisedAlarm;
import io.driftwood.inference.assimilate.SetAside;
import io.driftwood.inference.learned.Learned;
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

    public static final TypeInformation<Incoming> INCOMING = new OwnTypeInformation<>(Incoming.class, new IncomingSerializer());
    public static final TypeInformation<Question> QUESTION = new OwnTypeInformation<>(Question.class, new QuestionSerializer());
    public static final TypeInformation<Answer> ANSWER = new OwnTypeInformation<>(Answer.class, new AnswerSerializer());
    public static final TypeInformation<RaisedAlarm> ALARM = new OwnTypeInformation<>(RaisedAlarm.class, new RaisedAlarmSerializer());
    public static final TypeInformation<Learned> LEARNED = new OwnTypeInformation<>(Learned.class, new LearnedSerializer());
    public static final TypeInformation<RefusedLearned> REFUSED_LEARNED =
            new OwnTypeInformation<>(RefusedLearned.class, new RefusedLearnedSerializer());

    private RecordTypes() {}
}
