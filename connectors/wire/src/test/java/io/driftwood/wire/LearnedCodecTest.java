package io.driftwood.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.learned.Learned;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was learned comes back from a file or a topic as it went, or as a reason that people understand. */
class LearnedCodecTest {

    private static final String TEXT = """
            {"schema":"driftwood/learned/v1","name":"prior","type":"gaussian","version":3,"event_time":"1981-11-12T00:00:00.123Z",\
            "labels":{"method":"sample"},"arrays":{"covariance":[4.0,-0.0,4.9E-324,1.7976931348623157E308],"mean":[0.1,2.0]}}""";

    private static Learned learned() {
        return Learned.of("prior", "gaussian", 3, 374371200123L, Map.of("method", "sample"),
                Map.of("mean", new double[] {0.1, 2}, "covariance", new double[] {4, -0.0, Double.MIN_VALUE, Double.MAX_VALUE}));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String encoded(Learned learned) {
        return new String(new LearnedEncoder().encode(learned).value(), StandardCharsets.UTF_8);
    }

    private static Decoded decode(String text) {
        RecordDecoder decoder = new RecordFormat.Json().decoder(DecodeSpec.learned());
        return decoder.decode(RawRecord.of(null, bytes(text), "priors-0", 7, 0));
    }

    private static void assertSame(Learned read, Learned sent) {
        assertThat(read.name()).isEqualTo(sent.name());
        assertThat(read.type()).isEqualTo(sent.type());
        assertThat(read.version()).isEqualTo(sent.version());
        assertThat(read.eventTime()).isEqualTo(sent.eventTime());
        assertThat(read.labels()).isEqualTo(sent.labels());
        assertThat(read.arrays().keySet()).isEqualTo(sent.arrays().keySet());
        read.arrays().forEach((name, numbers) -> assertThat(Arrays.stream(numbers).mapToLong(Double::doubleToRawLongBits).toArray())
                .isEqualTo(Arrays.stream(sent.arrays().get(name)).mapToLong(Double::doubleToRawLongBits).toArray()));
    }

    @Test
    void aVersion_isWrittenByteForByteAsPublished_andReadAgain() throws Exception {
        assertThat(encoded(learned())).isEqualTo(TEXT);
        assertThat(new LearnedEncoder().encode(learned()).key()).isEqualTo(bytes("prior"));
        assertSame(LearnedDecoder.read(bytes(TEXT)), learned());
        assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(PublishedSchema.LEARNED.text())
                .validate(TEXT, InputFormat.JSON, context -> context.getExecutionConfig().setFormatAssertionsEnabled(true))).isEmpty();
    }

    /** Random bit patterns, 20,000 of them, seed 2; those that are no finite numbers left out. */
    @Test
    void numbers_comeBackBitForBit() throws Exception {
        double[] numbers = new Random(2).longs(20_000).mapToDouble(Double::longBitsToDouble).filter(Double::isFinite).toArray();
        Learned sent = Learned.of("größe", "any", Long.MAX_VALUE, Observation.NO_TIME, Map.of(), Map.of("numbers", numbers, "none", new double[0]));
        assertThat(encoded(sent)).contains("\"event_time\":null");
        assertSame(LearnedDecoder.read(bytes(encoded(sent))), sent);
    }

    @Test
    void whatLaterVersionsAdd_isSkipped_andLabelsMayBeAbsent() throws Exception {
        Learned read = LearnedDecoder.read(bytes(TEXT.replace("\"labels\":{\"method\":\"sample\"}", "\"later\":[{\"x\":[1]}]")));
        assertThat(read.labels()).isEmpty();
        assertThat(read.arrays()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "~~                                                     | The record is empty.",
        "[1]                                                    | Not a JSON object but an array.",
        "{\"schema\":\"driftwood/learned/v1\"                   | Not JSON: Unexpected end-of-input",
        "{\"name\":\"a\"}                                       | The field `schema` must be \"driftwood/learned/v1\" and is missing.",
        "{\"schema\":\"driftwood/sample/v1\"}                   | and is \"driftwood/sample/v1\".",
        "{\"schema\":\"driftwood/learned/v1\",\"name\":\"a\"}   | The field `type` is missing.",
        "{\"version\":1.5}                                      | The field `version` must be a whole number and is a number.",
        "{\"version\":\"1\"}                                    | The field `version` must be a whole number and is a text.",
        "{\"event_time\":\"yesterday\"}                         | The field `event_time` must be a time such as 2026-01-31T12:00:00Z, or null, and is \"yesterday\".",
        "{\"event_time\":17}                                    | The field `event_time` must be a text and is a number.",
        "{\"arrays\":[1]}                                       | The field `arrays` must be an object and is an array.",
        "{\"arrays\":{\"mean\":1}}                              | The field `arrays.mean` must be an array of numbers and is a number.",
        "{\"arrays\":{\"mean\":[1,null]}}                       | The field `arrays.mean` must hold numbers and holds null.",
        "{\"arrays\":{\"mean\":[1,[2]]}}                        | The field `arrays.mean` must hold numbers and holds an array.",
        "{\"arrays\":{\"mean\":[1e999]}}                        | The field `arrays.mean` must hold finite numbers and holds 1e999.",
        "{\"arrays\":{\"mean\":[NaN]}}                          | The field `arrays.mean` must hold finite numbers and holds NaN.",
        "{\"labels\":{\"a\":1}}                                 | The field `labels.a` must be a text and is a number.",
        "{} {}                                                  | Something follows the JSON object.",
    })
    void whatCannotBeRead_isADeadLetterThatSaysWhy(String text, String reason) {
        assertThat(decode(text)).isInstanceOfSatisfying(Decoded.Unreadable.class, unreadable -> {
            assertThat(unreadable.letter().reason()).contains(reason);
            assertThat(unreadable.letter().record().offset()).isEqualTo(7);
        });
    }

    @Test
    void aRecordThatIsTooLong_isADeadLetter() {
        RawRecord record = RawRecord.of(null, bytes(TEXT), "f", 1, 0).boundedTo(20);
        assertThat(new LearnedDecoder().decode(record)).isInstanceOfSatisfying(Decoded.Unreadable.class,
                unreadable -> assertThat(unreadable.letter().reason()).contains("more than `max-record-bytes` allows"));
    }

    @Test
    void aLineOfAFile_isReadWithoutFlink() {
        assertThatThrownBy(() -> LearnedDecoder.read(bytes("{}"))).isInstanceOf(LearnedDecoder.UnreadableException.class)
                .hasMessageStartingWith("The field `schema`");
    }
}
