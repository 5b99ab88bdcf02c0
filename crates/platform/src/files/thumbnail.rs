//! Thumbnails of images, made with hard limits so that a small file cannot ask for a huge picture.

use std::{
    io::{BufReader, Cursor},
    path::Path,
};

use heard_kernel::{Error, Result};
use image::{ColorType, DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};

/// The longest side of a thumbnail, in pixels.
const SIDE: u32 = 480;
/// The longest side of an image that is opened at all.
const LARGEST_SIDE: u32 = 20_000;
/// Memory that opening an image may take.
const LARGEST_ALLOCATION: u64 = 256 * 1024 * 1024;

/// What was learned from an image.
#[derive(Debug)]
pub(super) struct Picture {
    pub(super) width: u32,
    pub(super) height: u32,
    /// The thumbnail as PNG or JPEG; absent when the image is small enough to be its own.
    pub(super) thumbnail: Option<Vec<u8>>,
}

/// Opens an image. An image that is broken or too large is an error; the file is kept all the same, without a
/// thumbnail.
pub(super) fn open(path: &Path) -> Result<Picture> {
    let file = std::fs::File::open(path).map_err(Error::internal)?;
    let mut reader = ImageReader::new(BufReader::new(file)).with_guessed_format().map_err(Error::internal)?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(LARGEST_SIDE);
    limits.max_image_height = Some(LARGEST_SIDE);
    limits.max_alloc = Some(LARGEST_ALLOCATION);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(Error::internal)?;
    let orientation = decoder.orientation().map_err(Error::internal)?;
    let mut image = DynamicImage::from_decoder(decoder).map_err(Error::internal)?;
    image.apply_orientation(orientation);
    let (width, height) = (image.width(), image.height());
    let thumbnail =
        if width > SIDE || height > SIDE { Some(encode(&image.thumbnail(SIDE, SIDE))?) } else { None };
    Ok(Picture { width, height, thumbnail })
}

fn encode(image: &DynamicImage) -> Result<Vec<u8>> {
    let mut out = Cursor::new(Vec::new());
    let see_through =
        matches!(image.color(), ColorType::Rgba8 | ColorType::Rgba16 | ColorType::La8 | ColorType::La16);
    let result = if see_through {
        image.write_to(&mut out, ImageFormat::Png)
    } else {
        image.to_rgb8().write_to(&mut out, ImageFormat::Jpeg)
    };
    result.map_err(Error::internal)?;
    Ok(out.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_image_gets_a_small_one_and_a_lie_gets_none() {
        let dir = std::env::temp_dir().join(format!("heard-thumb-{}", std::process::id()));
        std::fs::create_dir_all(&dir).unwrap();
        let path = dir.join("a.png");
        DynamicImage::new_rgb8(1_200, 600).save(&path).unwrap();
        let picture = open(&path).unwrap();
        assert_eq!((picture.width, picture.height), (1_200, 600));
        let small = image::load_from_memory(&picture.thumbnail.unwrap()).unwrap();
        assert_eq!((small.width(), small.height()), (480, 240));

        // A header that claims 60,000 × 60,000 pixels over hardly any data.
        let mut bytes = std::fs::read(&path).unwrap();
        bytes[16..24].copy_from_slice(&[0, 0, 0xEA, 0x60, 0, 0, 0xEA, 0x60]);
        std::fs::write(&path, bytes).unwrap();
        assert!(open(&path).is_err());
        std::fs::remove_dir_all(dir).unwrap();
    }
}
