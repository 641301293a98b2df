//! A photo on the clipboard.

use image::{DynamicImage, ImageDecoder, ImageReader, Limits};
use schriftje_app::App;
use schriftje_app::api::{AppError, ErrorCode};
use schriftje_model::PhotoId;
use std::io::Cursor;
use tauri::AppHandle;

/// The longest side of what is copied, in pixels. Programs pass pictures on uncompressed or as PNG,
/// which of an original would be tens of megabytes; the original itself is there to be saved.
const LONGEST: u32 = 2560;

/// Copies a photo; without a network as large as it is here.
pub async fn copy_image(window: &AppHandle, app: &App, id: PhotoId) -> Result<(), AppError> {
    let picture = app.photo_to_copy(id).await?;
    let picture = tokio::task::spawn_blocking(move || decoded(&picture.bytes))
        .await
        .map_err(|_| AppError::internal("copying was broken off"))??;
    put(window, picture).await
}

fn decoded(bytes: &[u8]) -> Result<DynamicImage, AppError> {
    let broken = || AppError::new(ErrorCode::PictureBroken, "the picture cannot be read");
    let mut reader =
        ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|_| broken())?;
    reader.limits(limits());
    let mut decoder = reader.into_decoder().map_err(|_| broken())?;
    let turn = decoder.orientation().map_err(|_| broken())?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|_| broken())?;
    picture.apply_orientation(turn);
    if picture.width().max(picture.height()) > LONGEST {
        picture = picture.thumbnail(LONGEST, LONGEST);
    }
    Ok(picture)
}

/// A picture of 50 megapixels fits; a bomb does not.
fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_image_width = Some(20_000);
    limits.max_image_height = Some(20_000);
    limits.max_alloc = Some(256 * 1024 * 1024);
    limits
}

fn refused() -> AppError {
    AppError::internal("the clipboard did not take the picture")
}

// GTK's own clipboard works on X11 and Wayland alike, and passes on pictures of any size.
#[cfg(target_os = "linux")]
async fn put(window: &AppHandle, picture: DynamicImage) -> Result<(), AppError> {
    use gtk::gdk_pixbuf::{Colorspace, Pixbuf};
    use gtk::{gdk, glib};

    let picture = picture.into_rgb8();
    let side = |pixels: u32| i32::try_from(pixels).map_err(|_| refused());
    let (width, height) = (side(picture.width())?, side(picture.height())?);
    let (told, done) = tokio::sync::oneshot::channel();
    window
        .run_on_main_thread(move || {
            let bytes = glib::Bytes::from_owned(picture.into_raw());
            let pixels =
                Pixbuf::from_bytes(&bytes, Colorspace::Rgb, false, 8, width, height, width * 3);
            gtk::Clipboard::get(&gdk::SELECTION_CLIPBOARD).set_image(&pixels);
            let _ = told.send(());
        })
        .map_err(|_| refused())?;
    done.await.map_err(|_| refused())
}

#[cfg(not(target_os = "linux"))]
async fn put(_: &AppHandle, picture: DynamicImage) -> Result<(), AppError> {
    use arboard::{Clipboard, ImageData};

    let picture = picture.into_rgba8();
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let picture = ImageData { width, height, bytes: picture.into_raw().into() };
    tokio::task::spawn_blocking(move || Clipboard::new()?.set_image(picture))
        .await
        .map_err(|_| refused())?
        .map_err(|_| refused())
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{ImageFormat, RgbImage};

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut png = Cursor::new(Vec::new());
        RgbImage::new(width, height).write_to(&mut png, ImageFormat::Png).unwrap();
        png.into_inner()
    }

    #[test]
    fn a_picture_is_copied_as_it_is_unless_it_is_larger_than_any_screen() {
        let size = |width, height| {
            let picture = decoded(&png(width, height)).unwrap();
            (picture.width(), picture.height())
        };
        assert_eq!(size(3, 2), (3, 2));
        assert_eq!(size(5120, 64), (2560, 32));
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        assert_eq!(decoded(b"<html>").unwrap_err().code, ErrorCode::PictureBroken);
    }
}
