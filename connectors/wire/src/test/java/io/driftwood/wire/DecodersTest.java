package io.driftwood.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.driftwood.inference.assimilate.Observation;
import io.driftwood.wire.DecodeSpec.KeySource;
import io.driftwood.wire.DecodeSpec.TimeSource;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every bad input gets the promised answer: a dead letter with a clear reason, or a missing value, and never an exception. */
class DecodersTest {

    private static final TimeSource NO_TIME = new TimeSource.None();
    private static final KeySource BY_K = new KeySource.Field("k");
    private static final DecodeSpec SPEC = new DecodeSpec(List.of("y", "x"), BY_K, NO_TIME);

    @Test
    void json_readsTheFieldsInTheModelsOrderAndIgnoresTheOthers() {
        Observation read = read(json(SPEC), """
                {"other":{"x":[1,{"y":2}]},"x":2.5,"k":"pump-7","more":"…","y":-1e-3}""");
        assertThat(read.key()).isEqualTo("pump-7");
        assertThat(read.values()).containsExactly(-1e-3, 2.5);
        assertThat(read.eventTime()).isEqualTo(Observation.NO_TIME);
        assertThat(read.origin()).isEqualTo("topic-0");
        assertThat(read.offset()).isEqualTo(42);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{\"k\":\"a\",\"y\":null,\"x\":1}                    | NaN",
        "{\"k\":\"a\",\"y\":NaN,\"x\":1}                     | NaN",
        "{\"k\":\"a\",\"y\":\"NaN\",\"x\":1}                 | NaN",
        "{\"k\":\"a\",\"y\":Infinity,\"x\":1}                | Infinity",
        "{\"k\":\"a\",\"y\":-Infinity,\"x\":1}               | -Infinity",
        "{\"k\":\"a\",\"y\":\"-Infinity\",\"x\":1}           | -Infinity",
        "{\"k\":\"a\",\"y\":true,\"x\":1}                    | 1",
        "{\"k\":\"a\",\"y\":false,\"x\":1}                   | 0",
        "{\"k\":\"a\",\"y\":123456789012345678901,\"x\":1}   | 1.2345678901234568E20",
        "{\"k\":\"a\",\"y\":1e-400,\"x\":1}                  | 0",
        "{\"k\":7,\"y\":1.0,\"x\":1}                         | 1",
    })
    void json_valuesThatAreReadable(String text, double value) {
        assertThat(read(json(SPEC), text).values()[0]).isEqualTo(Double.valueOf(value));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "{\"k\":\"a\",\"y\":1                             | Not JSON: Unexpected end-of-input: expected close marker for Object (byte ",
        "{\"k\":\"a\",\"y\":1,}                           | Not JSON: ",
        "{'k':'a','y':1,'x':1}                            | Not JSON: ",
        "y=1                                              | Not JSON: ",
        "~   ~                                            | The record is blank.",
        "[1,2]                                            | Not a JSON object but an array.",
        "17                                               | Not a JSON object but a number.",
        "null                                             | Not a JSON object but null.",
        "{\"k\":\"a\",\"y\":1,\"x\":1} {}                 | Something follows the JSON object.",
        "{\"k\":\"a\",\"y\":1}                            | The field `x` is missing.",
        "{}                                               | The field `y` is missing.",
        "{\"y\":1,\"x\":1}                                | The field `k` is missing.",
        "{\"k\":null,\"y\":1,\"x\":1}                     | The key field `k` is empty.",
        "{\"k\":\"\",\"y\":1,\"x\":1}                     | The key field `k` is empty.",
        "{\"k\":[],\"y\":1,\"x\":1}                       | The field `k` must be a text or a number and is an array.",
        "{\"k\":\"a\",\"y\":\"1.5\",\"x\":1}              | The field `y` must be a number and is \"1.5\".",
        "{\"k\":\"a\",\"y\":\"\",\"x\":1}                 | The field `y` must be a number and is \"\".",
        "{\"k\":\"a\",\"y\":{\"v\":1},\"x\":1}            | The field `y` must be a number and is an object.",
        "{\"k\":\"a\",\"y\":1e400,\"x\":1}                | The number in the field `y` is too large: 1e400.",
        "{\"k\":\"a\",\"y\":1,\"y\":2,\"x\":1}            | The field `y` stands twice in the record.",
        "{\"k\":\"a\",\"y\":01,\"x\":1}                   | Not JSON: ",
    })
    void json_dead(String text, String reason) {
        DeadLetter letter = dead(json(SPEC), text);
        assertThat(letter.reason()).startsWith(reason);
        assertThat(letter.record().value()).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void json_bytesThatAreNoTextAreDeadAndAByteOrderMarkIsNot() {
        assertThat(unreadable(json(SPEC), new byte[] {'{', '"', 'k', (byte) 0xC3, 0x28, '"'}).reason()).startsWith("Not JSON");
        assertThat(unreadable(json(SPEC), new byte[0]).reason()).isEqualTo("The record is empty.");
        assertThat(read(json(SPEC), "\uFEFF{\"k\":\"schlüssel 🌊\",\"y\":1,\"x\":2}").key()).isEqualTo("schlüssel 🌊");
    }

    @Test
    void json_deeplyNestedBombIsDead() {
        assertThat(dead(json(SPEC), "{\"other\":" + "[".repeat(100_000)).reason()).startsWith("Not JSON");
        assertThat(dead(json(SPEC), "{\"y\":" + "1".repeat(10_000) + "}").reason()).startsWith("Not JSON");
    }

    @Test
    void record_tooLargeIsDeadWithItsFirstBytesAndTrueLength() {
        RawRecord large = RawRecord.of(null, new byte[10_000_000], "topic-0", 1, 0).boundedTo(1_000_000);
        DeadLetter letter = ((Decoded.Unreadable) json(SPEC).decode(large)).letter();
        assertThat(letter.reason())
                .isEqualTo("The record has 10000000 bytes, more than `max-record-bytes` allows; its first 65536 are kept.");
        assertThat(letter.record().value()).hasSize(65536);
        assertThat(letter.record().length()).isEqualTo(10_000_000);
    }

    @Test
    void decoder_forgetsABadRecordBeforeTheNext() {
        RecordDecoder decoder = json(SPEC);
        dead(decoder, "{\"k\":\"a\",\"y\":1,\"x\":\"bad\"}");
        assertThat(read(decoder, "{\"k\":\"b\",\"y\":3,\"x\":4}").values()).containsExactly(3, 4);
        dead(decoder, "{\"k\":\"a\",\"y\":1}");
        assertThat(read(decoder, "{\"k\":\"b\",\"y\":3,\"x\":4}").key()).isEqualTo("b");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "a,1.5,2          | 1.5",
        "a, 1.5 ,2        | 1.5",
        "a,\"1.5\",2      | 1.5",
        "\"a,b\",+1.5e0,2 | 1.5",
        "a,,2             | NaN",
        "a,NA,2           | NaN",
        "a,null,2         | NaN",
        "a,nan,2          | NaN",
        "a,Inf,2          | Infinity",
        "a,-Infinity,2    | -Infinity",
        "a,TRUE,2         | 1",
        "a,false,2        | 0",
        "a,.5,2           | 0.5",
        "a,5.,2           | 5",
    })
    void csv_valuesThatAreReadable(String line, double value) {
        assertThat(read(csv(SPEC, "k", "y", "x"), line).values()).containsExactly(value, 2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "a,abc,2        | The field `y` must be a number and is \"abc\".",
        "a,1d,2         | The field `y` must be a number and is \"1d\".",
        "a,0x1p3,2      | The field `y` must be a number and is \"0x1p3\".",
        "a,1.2.3,2      | The field `y` must be a number and is \"1.2.3\".",
        "a,1e400,2      | The field `y` must be a number that a double can hold and is 1e400.",
        "a,1            | The line has 2 values for 3 columns.",
        "a,1,2,3        | The line has 4 values for 3 columns.",
        "a,1,2,         | The line has 4 values for 3 columns.",
        ",1,2           | The key field `k` is empty.",
        "a,\"1,2        | Not a line of separated values: a quote is not closed (a quoted value cannot span lines).",
        "a,b\",1,2      | Not a line of separated values: a quote is not closed (a quoted value cannot span lines).",
        "a,\"1\"x\",2\" | Not a line of separated values: ",
    })
    void csv_dead(String line, String reason) {
        assertThat(dead(csv(SPEC, "k", "y", "x"), line).reason()).startsWith(reason);
    }

    @Test
    void csv_headerNamesTheColumnsOfItsFile() {
        RecordDecoder decoder = csv(SPEC);
        assertThat(dead(decoder, "a,1,2").reason()).isEqualTo("No header line has named the columns.");
        decoder.header(raw("x, k ,\"y\",z".getBytes(StandardCharsets.UTF_8)));
        assertThat(read(decoder, "1,a,2,text").values()).containsExactly(2, 1);
        decoder.header(raw("k;y;x".getBytes(StandardCharsets.UTF_8)));
        assertThat(dead(decoder, "a,1,2").reason()).isEqualTo("The field `y` is missing: the columns are k;y;x.");
        decoder.header(raw("k,y,x,y".getBytes(StandardCharsets.UTF_8)));
        assertThat(dead(decoder, "a,1,2,3").reason()).isEqualTo("The header names the column `y` twice.");
        decoder.header(raw("k,\"y".getBytes(StandardCharsets.UTF_8)));
        assertThat(dead(decoder, "a,1,2,3").reason()).startsWith("The header line cannot be read: a quote is not closed");
    }

    @Test
    void csv_otherSeparatorsAndMoreThanOneLine() {
        RecordDecoder decoder = new RecordFormat.Csv(List.of("k", "y", "x"), ';').decoder(SPEC);
        assertThat(read(decoder, "a;1;2").values()).containsExactly(1, 2);
        assertThat(read(decoder, "a;1;2\n").values()).containsExactly(1, 2);
        assertThat(dead(decoder, "a;1;2\nb;1;2").reason()).endsWith("it has more than one line.");
    }

    @Test
    void key_isConstantOrTheKafkaKeyOrAField() {
        assertThat(read(json(spec(new KeySource.Constant("all"), NO_TIME)), "{\"y\":1}").key()).isEqualTo("all");
        RecordDecoder byRecord = json(spec(new KeySource.OfRecord(), NO_TIME));
        assertThat(keyed(byRecord, "schlüssel".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(Decoded.Read.class, r -> assertThat(r.observation().key()).isEqualTo("schlüssel"));
        assertThat(keyed(byRecord, new byte[0])).isInstanceOfSatisfying(
                Decoded.Unreadable.class, u -> assertThat(u.letter().reason()).isEqualTo("The record has no key."));
        assertThat(keyed(byRecord, new byte[] {(byte) 0xC3, 0x28})).isInstanceOfSatisfying(
                Decoded.Unreadable.class, u -> assertThat(u.letter().reason()).isEqualTo("The key of the record is not UTF-8 text."));
        assertThat(read(json(spec(new KeySource.Field("y"), NO_TIME)), "{\"y\":1.50}").key()).isEqualTo("1.50");
    }

    @ParameterizedTest
    @CsvSource({
        "epoch-millis, 1000, 1000",
        "epoch-millis, -3155760000000, -3155760000000",
        "epoch-seconds, 1.5, 1500",
        "epoch-seconds, 1786000000, 1786000000000",
        "iso, \"1986-01-28T16:39:13Z\", 507314353000",
        "iso, \"1986-01-28T11:39:13-05:00\", 507314353000",
        "iso, \"1986-01-28T16:39:13\", 507314353000",
        "iso, \"1986-01-28T16:39:13.25\", 507314353250",
        "date, \"1986-01-28\", 507254400000",
        "dd.MM.yyyy HH:mm, \"28.01.1986 16:39\", 507314340000",
        "yyyy-MM, \"1986-01\", 504921600000",
        "yyyy, 1986, 504921600000",
        "d MMM uuuu, \"28 Jan 1986\", 507254400000",
    })
    void time_isReadInItsFormat(String format, String written, long expected) {
        DecodeSpec spec = new DecodeSpec(List.of("y"), new KeySource.Constant("all"), new TimeSource.Field("t", format(format)));
        assertThat(read(json(spec), "{\"y\":1,\"t\":" + written + "}").eventTime()).isEqualTo(expected);
        RecordDecoder csv = new RecordFormat.Csv(List.of("y", "t"), ',').decoder(spec);
        assertThat(read(csv, "1," + written).eventTime()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "epoch-millis, 1786000000000000",
        "epoch-millis, 1.5",
        "epoch-millis, 1e300",
        "epoch-seconds, \"soon\"",
        "epoch-seconds, NaN",
        "iso, \"1986-02-30T16:39:13Z\"",
        "iso, 507314353000",
        "iso, true",
        "date, \"28.01.1986\"",
        "date, \"0000-01-01\"",
        "dd.MM.yyyy, \"31.02.1986\"",
        "iso, {}",
    })
    void time_thatCannotBeReadIsDead(String format, String written) {
        DecodeSpec spec = new DecodeSpec(List.of("y"), new KeySource.Constant("all"), new TimeSource.Field("t", format(format)));
        assertThat(dead(json(spec), "{\"y\":1,\"t\":" + written + "}").reason())
                .matches("The (time )?field `t` must be .* and is .*");
    }

    @Test
    void time_missingIsDeadAndAFieldMayBeTimeAndNumberAtOnce() {
        DecodeSpec spec = new DecodeSpec(
                List.of("t"), new KeySource.Field("t"), new TimeSource.Field("t", new TimeFormat.EpochMillis()));
        assertThat(dead(json(spec), "{\"t\":null}").reason()).contains("`t` is empty");
        Observation read = read(json(spec), "{\"t\":12}");
        assertThat(read.values()).containsExactly(12);
        assertThat(read.key()).isEqualTo("12");
        assertThat(read.eventTime()).isEqualTo(12);
    }

    @Test
    void time_ofTheRecordIsKafkas() {
        DecodeSpec spec = spec(new KeySource.Constant("all"), new TimeSource.OfRecord());
        assertThat(read(json(spec), "{\"y\":1}").eventTime()).isEqualTo(77);
    }

    @Test
    void time_patternThatIsNoneIsRefusedAtOnce() {
        assertThatThrownBy(() -> new TimeFormat.Pattern("no such letters")).isInstanceOf(IllegalArgumentException.class);
    }

    /** Mutations of good records, seed 5: each answer is an observation or a dead letter that carries the bytes. */
    @Test
    void noBytes_makeADecoderThrow() {
        Random random = new Random(5);
        RecordDecoder json = json(SPEC);
        RecordDecoder csv = csv(SPEC, "k", "y", "x");
        for (int i = 0; i < 50_000; i++) {
            boolean asJson = random.nextBoolean();
            byte[] bytes = (asJson ? "{\"k\":\"a\",\"y\":1.25,\"x\":null}" : "a,\"1.25\",2").getBytes(StandardCharsets.UTF_8);
            for (int mutation = random.nextInt(4); mutation >= 0; mutation--) {
                bytes[random.nextInt(bytes.length)] = (byte) (random.nextInt(4) == 0 ? random.nextInt(256) : "{}[]\",:0e\n\\".charAt(random.nextInt(11)));
            }
            Decoded decoded = (asJson ? json : csv).decode(raw(bytes));
            if (decoded instanceof Decoded.Unreadable unreadable) {
                assertThat(unreadable.letter().reason()).isNotBlank().hasSizeLessThan(600);
                assertThat(unreadable.letter().record().value()).isSameAs(bytes);
            }
        }
    }

    private static DecodeSpec spec(KeySource key, TimeSource time) {
        return new DecodeSpec(List.of("y"), key, time);
    }

    private static TimeFormat format(String name) {
        return switch (name) {
            case "epoch-millis" -> new TimeFormat.EpochMillis();
            case "epoch-seconds" -> new TimeFormat.EpochSeconds();
            case "iso" -> new TimeFormat.Iso();
            case "date" -> new TimeFormat.Date();
            default -> new TimeFormat.Pattern(name);
        };
    }

    private static RecordDecoder json(DecodeSpec spec) {
        return new RecordFormat.Json().decoder(spec);
    }

    private static RecordDecoder csv(DecodeSpec spec, String... columns) {
        return new RecordFormat.Csv(List.of(columns), ',').decoder(spec);
    }

    private static RawRecord raw(byte[] value) {
        return RawRecord.of(null, value, "topic-0", 42, 77);
    }

    private static Decoded keyed(RecordDecoder decoder, byte[] key) {
        return decoder.decode(RawRecord.of(key, "{\"y\":1}".getBytes(StandardCharsets.UTF_8), "topic-0", 1, 0));
    }

    private static Observation read(RecordDecoder decoder, String text) {
        Decoded decoded = decoder.decode(raw(text.getBytes(StandardCharsets.UTF_8)));
        assertThat(decoded).as(text).isInstanceOf(Decoded.Read.class);
        return ((Decoded.Read) decoded).observation();
    }

    private static DeadLetter dead(RecordDecoder decoder, String text) {
        return unreadable(decoder, text.getBytes(StandardCharsets.UTF_8));
    }

    private static DeadLetter unreadable(RecordDecoder decoder, byte[] bytes) {
        Decoded decoded = decoder.decode(raw(bytes));
        assertThat(decoded).isInstanceOf(Decoded.Unreadable.class);
        return ((Decoded.Unreadable) decoded).letter();
    }
}
