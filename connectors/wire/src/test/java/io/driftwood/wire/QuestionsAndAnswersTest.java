package io.driftwood.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.driftwood.inference.assimilate.Alarm;
import io.driftwood.inference.assimilate.Answer;
import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.Question;
import io.driftwood.inference.assimilate.RaisedAlarm;
import io.driftwood.inference.summary.LearnedVersion;
import io.driftwood.inference.summary.Quantity;
import io.driftwood.wire.DecodeSpec.Content;
import io.driftwood.wire.DecodeSpec.KeySource;
import io.driftwood.wire.DecodeSpec.TimeSource;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Questions are read like records; answers and alarms are written as published. */
class QuestionsAndAnswersTest {

    private static final DecodeSpec SPEC = new DecodeSpec(List.of("temp"), new KeySource.Field("k"),
            new TimeSource.Field("t", new TimeFormat.EpochMillis()), new Content.Questions("ask"));

    private static Decoded decode(RecordFormat format, DecodeSpec spec, String text) {
        return format.decoder(spec).decode(RawRecord.of(null, text.getBytes(StandardCharsets.UTF_8), "questions-0", 4, 0));
    }

    private static Question question(Decoded decoded) {
        assertThat(decoded).isInstanceOf(Decoded.Asked.class);
        assertThat(Decoded.of(Decoded.contentOf(decoded))).isEqualTo(decoded);
        return ((Decoded.Asked) decoded).question();
    }

    @Test
    void aQuestion_isReadFromJsonAndFromCsv() {
        Question json = question(decode(new RecordFormat.Json(), SPEC, "{\"temp\":31,\"ask\":\"q-1\",\"t\":17,\"k\":\"fleet\",\"more\":[]}"));
        Question csv = question(decode(new RecordFormat.Csv(List.of("ask", "k", "temp", "t"), ','), SPEC, "q-1,fleet,31,17"));
        for (Question asked : List.of(json, csv)) {
            assertThat(asked.key()).isEqualTo("fleet");
            assertThat(asked.id()).isEqualTo("q-1");
            assertThat(asked.eventTime()).isEqualTo(17);
            assertThat(asked.values()).containsExactly(31);
            assertThat(asked.origin()).isEqualTo("questions-0");
            assertThat(asked.offset()).isEqualTo(4);
        }
    }

    @Test
    void anId_mayBeANumberOrATruth_andIsWhereTheQuestionStandsWhereThereIsNone() {
        assertThat(question(decode(new RecordFormat.Json(), SPEC, "{\"temp\":null,\"ask\":0012,\"t\":1,\"k\":1}".replace("0012", "12"))).id()).isEqualTo("12");
        assertThat(question(decode(new RecordFormat.Json(), SPEC, "{\"temp\":1,\"ask\":true,\"t\":1,\"k\":1}")).id()).isEqualTo("true");
        DecodeSpec nameless = new DecodeSpec(SPEC.fields(), SPEC.key(), SPEC.time(), new Content.Questions(""));
        assertThat(question(decode(new RecordFormat.Json(), nameless, "{\"temp\":1,\"t\":1,\"k\":1}")).id()).isEqualTo("questions-0@4");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "{\"temp\":31,\"t\":17,\"k\":\"a\"}                          | The field `ask` is missing.",
        "{\"temp\":31,\"t\":17,\"k\":\"a\",\"ask\":null}             | The id field `ask` is empty.",
        "{\"temp\":31,\"t\":17,\"k\":\"a\",\"ask\":{}}               | The field `ask` must be a text or a number and is an object.",
        "{\"temp\":\"cold\",\"t\":17,\"k\":\"a\",\"ask\":1}          | The field `temp` must be a number and is \"cold\".",
        "{\"t\":17,\"k\":\"a\",\"ask\":1}                            | The field `temp` is missing.",
        "{\"temp\":31,\"t\":\"now\",\"k\":\"a\",\"ask\":1}           | The time field `t` must be",
        "what is it                                                  | Not JSON",
    })
    void whatCannotBeRead_isADeadLetterThatSaysWhy(String text, String reason) {
        assertThat(decode(new RecordFormat.Json(), SPEC, text)).isInstanceOfSatisfying(Decoded.Unreadable.class,
                unreadable -> assertThat(unreadable.letter().reason()).startsWith(reason));
    }

    private static String checked(PublishedSchema schema, OutputRecord record) {
        String text = new String(record.value(), StandardCharsets.UTF_8);
        assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema.text())
                .validate(text, InputFormat.JSON, context -> context.getExecutionConfig().setFormatAssertionsEnabled(true))).isEmpty();
        return text;
    }

    @Test
    void anAnswer_isWrittenByteForByteAsPublished() {
        Question asked = new Question("fleet", 17, "q-1", new double[] {31}, "questions-0", 4);
        Answer answer = Answer.of(asked, 23, new double[] {0.05, 0.5}, "", new Quantity("failure", 0.5, 0.25, new double[] {0.1, 0.5}))
                .with(new LearnedVersion("prior", 3));
        OutputRecord record = new AnswerEncoder("oring", List.of("temp")).encode(answer);
        assertThat(checked(PublishedSchema.ANSWER, record)).isEqualTo("""
                {"schema":"driftwood/answer/v1","job":"oring","key":"fleet","id":"q-1","event_time":"1970-01-01T00:00:00.017Z",\
                "asked":{"temp":31.0},"seq":23,"quantities":{"failure":{"mean":0.5,"sd":0.25,"quantiles":{"0.05":0.1,"0.5":0.5}}},\
                "bias":null,"refused":null,"learned":{"name":"prior","version":3},"origin":"questions-0","offset":4}""");
        assertThat(record.key()).isEqualTo("fleet".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aRefusal_saysWhyAndHasNoQuantities() {
        Question asked = new Question("fleet", Observation.NO_TIME, "q-1", new double[] {Double.NaN}, "questions-0", 4);
        String text = checked(PublishedSchema.ANSWER, new AnswerEncoder("oring", List.of("temp")).encode(Answer.refused(asked, 0, "temp is missing")));
        assertThat(text).contains("\"event_time\":null,\"asked\":{\"temp\":null},\"seq\":0,\"quantities\":{}")
                .contains("\"refused\":\"temp is missing\"").doesNotContain("learned");
    }

    @Test
    void anAlarm_isWrittenByteForByteAsPublished() {
        RaisedAlarm raised = new RaisedAlarm("pump-7", 9, 2000, new Alarm("drift", "y", 1000, 1200.5, 1000, "The readings of y have drifted."));
        assertThat(checked(PublishedSchema.ALARM, new AlarmEncoder("pumps").encode(raised))).isEqualTo("""
                {"schema":"driftwood/alarm/v1","job":"pumps","key":"pump-7","seq":9,"kind":"drift","channel":"y",\
                "event_time":"1970-01-01T00:00:01Z","detection_time":"1970-01-01T00:00:02Z","statistic":1200.5,"bound":1000.0,\
                "message":"The readings of y have drifted."}""");
    }

    @Test
    void anAlarmOfUnknownBeginning_holdsFromItsDetection_andMayBeAboutNoChannel() {
        RaisedAlarm raised = new RaisedAlarm("pump-7", 9, 2000, new Alarm("drift", "", Observation.NO_TIME, 1, 1, "Something."));
        assertThat(checked(PublishedSchema.ALARM, new AlarmEncoder("pumps").encode(raised)))
                .contains("\"channel\":null,\"event_time\":\"1970-01-01T00:00:02Z\",\"detection_time\":\"1970-01-01T00:00:02Z\"");
    }
}
