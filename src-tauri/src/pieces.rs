//! A photo or film that the interface has and no path leads to: pasted, or from a phone. It comes in
//! pieces, as bytes and not as text, so that a film of a hundred megabytes is never three times that.

use crate::host::Host;
use schriftje_app::api::{Added, AppError};
use schriftje_model::DraftPlace;
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tauri::State;
use tauri::http::HeaderMap;
use tauri::ipc::{Invoke, InvokeBody, Request};

/// The command, as the interface calls it. It takes bytes, which its description in TypeScript has
/// no words for: it stands beside the others.
pub const COMMAND: &str = "add_piece";

/// The header that says which piece it is: percent-encoded JSON.
const HEADER: &str = "schriftje-piece";

/// Which piece it is.
#[derive(Debug, Deserialize)]
struct Piece {
    place: DraftPlace,
    name: String,
    /// How many bytes came before it. The first begins anew: what was left half-done is forgotten.
    from: usize,
    /// Nothing comes after it.
    last: bool,
}

/// What has come in so far, one file for each draft.
#[derive(Default)]
pub struct Pieces(Mutex<HashMap<DraftPlace, Vec<u8>>>);

impl Pieces {
    /// Puts a piece behind what has come; answers the whole when it was the last.
    fn put(&self, piece: &Piece, bytes: &[u8]) -> Result<Option<Vec<u8>>, AppError> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut whole = all.remove(&piece.place).unwrap_or_default();
        if piece.from == 0 {
            whole.clear();
        } else if piece.from != whole.len() {
            return Err(AppError::internal("a piece of a file is missing"));
        }
        whole.extend_from_slice(bytes);
        if piece.last {
            return Ok(Some(whole));
        }
        if !whole.is_empty() {
            all.insert(piece.place.clone(), whole);
        }
        Ok(None)
    }
}

/// Takes a piece; with the last one the photo or video is added to the draft.
#[tauri::command]
async fn add_piece(
    pieces: State<'_, Pieces>,
    host: State<'_, Arc<Host>>,
    request: Request<'_>,
) -> Result<Option<Added>, AppError> {
    let piece = which(request.headers())?;
    let whole = match request.body() {
        InvokeBody::Raw(bytes) => pieces.put(&piece, bytes)?,
        // Android's web view cannot send bytes. A piece of them as text is small enough.
        InvokeBody::Json(bytes) => {
            let bytes = Vec::<u8>::deserialize(bytes);
            pieces.put(&piece, &bytes.map_err(|_| AppError::internal("a piece is not bytes"))?)?
        }
    };
    let Some(whole) = whole else { return Ok(None) };
    host.app().await?.add_bytes(piece.place, piece.name, whole).await.map(Some)
}

fn which(headers: &HeaderMap) -> Result<Piece, AppError> {
    let said = headers.get(HEADER).map(|said| percent_encoding::percent_decode(said.as_bytes()));
    let said = said.and_then(|said| said.decode_utf8().ok());
    said.and_then(|said| serde_json::from_str(&said).ok())
        .ok_or_else(|| AppError::internal("it does not say which piece it is"))
}

/// Answers the command.
pub fn answer(invoke: Invoke) -> bool {
    let answer: fn(Invoke) -> bool = tauri::generate_handler![add_piece];
    answer(invoke)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(from: usize, last: bool) -> Piece {
        Piece { place: DraftPlace::Diary, name: "film.mp4".to_owned(), from, last }
    }

    #[test]
    fn pieces_become_the_file_again() {
        let pieces = Pieces::default();
        assert_eq!(pieces.put(&piece(0, false), b"eerst ").unwrap(), None);
        assert_eq!(pieces.put(&piece(6, false), b"dan ").unwrap(), None);
        let other = Piece { place: DraftPlace::NewMessage, ..piece(0, true) };
        assert_eq!(pieces.put(&other, b"heel").unwrap().unwrap(), b"heel");
        assert_eq!(pieces.put(&piece(10, true), b"slot").unwrap().unwrap(), b"eerst dan slot");
        assert!(pieces.0.lock().unwrap().is_empty());
    }

    #[test]
    fn what_was_left_half_done_is_forgotten() {
        let pieces = Pieces::default();
        pieces.put(&piece(0, false), b"half").unwrap();
        assert_eq!(pieces.put(&piece(0, true), b"nieuw").unwrap().unwrap(), b"nieuw");
        pieces.put(&piece(0, false), b"half").unwrap();
        pieces.put(&piece(0, false), b"").unwrap();
        assert!(pieces.0.lock().unwrap().is_empty());
    }

    #[test]
    fn a_missing_piece_is_no_file() {
        let pieces = Pieces::default();
        pieces.put(&piece(0, false), b"een").unwrap();
        pieces.put(&piece(7, true), b"drie").unwrap_err();
        pieces.put(&piece(3, true), b"twee").unwrap_err();
    }

    #[test]
    fn it_is_told_which_piece_it_is_in_any_script() {
        let mut headers = HeaderMap::new();
        let said = "%7B%22place%22%3A%7B%22place%22%3A%22reply%22%2C%22conversation%22%3A%22c-1\
            %22%7D%2C%22name%22%3A%22%C3%A9%C3%A9n%20%F0%9F%8D%B0.png%22%2C%22from%22%3A0%2C%22last\
            %22%3Atrue%7D";
        headers.insert(HEADER, said.parse().unwrap());
        let piece = which(&headers).unwrap();
        assert_eq!(piece.name, "één 🍰.png");
        assert!(matches!(piece.place, DraftPlace::Reply(_)) && piece.last);
        which(&HeaderMap::new()).unwrap_err();
    }
}
