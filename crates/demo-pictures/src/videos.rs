//! Short films, drawn beforehand from the same scenes (by the example `films`).

/// A film without sound: MP4 with H.264.
#[derive(Debug, Clone, Copy)]
pub struct Video {
    /// The whole file.
    pub bytes: &'static [u8],
    /// Its length, rounded.
    pub seconds: u32,
    /// The picture number that shows what the film shows.
    pub poster: u64,
}

const VIDEOS: [Video; 3] = [
    Video {
        bytes: include_bytes!("../../../assets/demo/videos/swing.mp4"),
        seconds: 5,
        poster: 65,
    },
    Video {
        bytes: include_bytes!("../../../assets/demo/videos/puddles.mp4"),
        seconds: 4,
        poster: 120,
    },
    Video {
        bytes: include_bytes!("../../../assets/demo/videos/leaves.mp4"),
        seconds: 4,
        poster: 10,
    },
];

/// The films there are: two lie, one stands upright.
pub fn videos() -> &'static [Video] {
    &VIDEOS
}
