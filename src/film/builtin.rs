//! H.264 by OpenH264 in this process, straight into an MP4 file.
//!
//! Constrained Baseline profile: what OpenH264's higher profiles add is CABAC, which its Rust interface does not
//! switch on, so they would be a label only. One thread: its threads need pictures cut into slices whose places depend
//! on timing, and the same frames shall give the same file. Built where the assembler `nasm` is installed it runs almost
//! three times as fast, with the same result to the bit.

use openh264::OpenH264API;
use openh264::encoder::{
    BitRate, Complexity, EncoderConfig, FrameRate as OpenH264Rate, IntraFramePeriod, Level,
    QpRange, RateControlMode, UsageType, VuiConfig,
};

use crate::colour::Planes;
use crate::mp4::{Mp4File, Track};
use crate::writer::Sink;
use crate::{FilmError, FilmSpec};

/// Encoder and file of one film.
pub(crate) struct Builtin {
    encoder: openh264::encoder::Encoder,
    planes: Planes,
    picture: Vec<u8>,
    file: Mp4File,
}

impl Builtin {
    /// Sets the encoder up and makes the file.
    pub(crate) fn open(spec: &FilmSpec) -> Result<Self, FilmError> {
        let failed =
            |error: openh264::Error| FilmError::Encode { frame: 0, reason: error.to_string() };
        let mut encoder =
            openh264::encoder::Encoder::with_api_config(OpenH264API::from_source(), config(spec))
                .map_err(failed)?;
        // It reads its settings with the first picture; a black one shows now whether they are accepted.
        let planes = Planes::new(spec.width, spec.height);
        encoder.encode(&planes).map_err(failed)?;
        encoder.force_intra_frame();
        let file = mp4_file(spec)?;
        Ok(Self { encoder, planes, picture: Vec::new(), file })
    }
}

impl Sink for Builtin {
    fn frame(&mut self, n: u64, rgba: &[u8]) -> Result<(), FilmError> {
        let failed = |reason| FilmError::Encode { frame: n, reason };
        self.planes.fill(rgba).map_err(failed)?;
        self.picture.clear();
        let encoded =
            self.encoder.encode(&self.planes).map_err(|error| failed(error.to_string()))?;
        encoded.write_vec(&mut self.picture);
        if self.picture.is_empty() {
            return Err(failed("the encoder left it out".to_owned()));
        }
        self.file.push(&self.picture)
    }

    fn finish(self: Box<Self>) -> Result<u64, FilmError> {
        self.file.finish()
    }
}

/// The file that a film's H.264 goes to, whoever encodes it.
pub(crate) fn mp4_file(spec: &FilmSpec) -> Result<Mp4File, FilmError> {
    let limit = "an MP4 picture has at most 65535 pixels a side";
    let side = |pixels: u32| {
        u16::try_from(pixels).map_err(|_| FilmError::Size {
            width: spec.width,
            height: spec.height,
            limit,
        })
    };
    let track = Track::new(side(spec.width)?, side(spec.height)?, spec.rate);
    Mp4File::create(
        &spec.output,
        spec.overwrite,
        track,
        spec.keyframe_interval(),
        spec.expected_frames,
    )
}

fn config(spec: &FilmSpec) -> EncoderConfig {
    let quantizer = spec.quantizer();
    EncoderConfig::new()
        // This mode moves the quantizer between bounds and does nothing else: equal ones keep it constant, and no
        // picture is dropped.
        .rate_control_mode(RateControlMode::Bufferbased)
        .qp(QpRange::new(quantizer, quantizer))
        .skip_frames(false)
        .max_frame_rate(OpenH264Rate::from_hz(spec.rate.hz() as f32))
        // With a constant quantizer this sets no rate; it only has to be one.
        .bitrate(BitRate::from_bps(1_000_000))
        .level(level(spec))
        .usage_type(UsageType::CameraVideoRealTime)
        .complexity(Complexity::Medium)
        // Both may leave parts of a picture as they were: right for a call, wrong for slow stars.
        .background_detection(false)
        .scene_change_detect(false)
        .adaptive_quantization(false)
        .intra_frame_period(IntraFramePeriod::from_num_frames(spec.keyframe_interval()))
        .num_threads(1)
        .vui(VuiConfig::bt709())
}

/// The lowest level, from 3.0 on, that has room for the film's macroblocks a picture and a second (H.264, table A-1).
fn level(spec: &FilmSpec) -> Level {
    let blocks = u64::from(spec.width.div_ceil(16)) * u64::from(spec.height.div_ceil(16));
    let rate = (blocks as f64 * spec.rate.hz()).ceil() as u64;
    [
        (Level::Level_3_0, 1_620, 40_500),
        (Level::Level_3_1, 3_600, 108_000),
        (Level::Level_3_2, 5_120, 216_000),
        (Level::Level_4_0, 8_192, 245_760),
        (Level::Level_4_2, 8_704, 522_240),
        (Level::Level_5_0, 22_080, 589_824),
        (Level::Level_5_1, 36_864, 983_040),
    ]
    .into_iter()
    .find(|&(_, picture, second)| blocks <= picture && rate <= second)
    .map_or(Level::Level_5_2, |(level, ..)| level)
}
