package io.driftwood.wire;

import com.fasterxml.jackson.core.io.SerializedString;

/** The names of {@code driftwood/posterior-summary/v1}, once for writing and reading. */
final class SummaryFields {

    static final String SCHEMA_V1 = "driftwood/posterior-summary/v1";

    static final SerializedString SCHEMA = new SerializedString("schema");
    static final SerializedString JOB = new SerializedString("job");
    static final SerializedString KEY = new SerializedString("key");
    static final SerializedString SEQ = new SerializedString("seq");
    static final SerializedString EVENT_TIME = new SerializedString("event_time");
    static final SerializedString PARAMETERS = new SerializedString("parameters");
    static final SerializedString DERIVED = new SerializedString("derived");
    static final SerializedString MEAN = new SerializedString("mean");
    static final SerializedString SD = new SerializedString("sd");
    static final SerializedString QUANTILES = new SerializedString("quantiles");
    static final SerializedString LOG_EVIDENCE = new SerializedString("log_evidence");
    static final SerializedString LOG_EVIDENCE_INCREMENT = new SerializedString("log_evidence_increment");
    static final SerializedString LOG_EVIDENCE_SE = new SerializedString("log_evidence_se");
    static final SerializedString EVIDENCE_KIND = new SerializedString("evidence_kind");
    static final SerializedString ESS = new SerializedString("ess");
    static final SerializedString PARTICLES = new SerializedString("particles");
    static final SerializedString ACCEPTANCE = new SerializedString("acceptance");
    static final SerializedString MOVES = new SerializedString("moves");
    static final SerializedString TEMPERING_STEPS = new SerializedString("tempering_steps");
    static final SerializedString RESAMPLED = new SerializedString("resampled");
    static final SerializedString REJECTED_NON_FINITE = new SerializedString("rejected_non_finite");
    static final SerializedString MISSING = new SerializedString("missing");
    static final SerializedString STATE = new SerializedString("state");
    static final SerializedString BIAS = new SerializedString("bias");
    static final SerializedString SAMPLES = new SerializedString("samples");
    static final SerializedString WEIGHTS = new SerializedString("weights");
    static final SerializedString VALUES = new SerializedString("values");

    private SummaryFields() {}
}
