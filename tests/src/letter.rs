//! A newsletter that is far too large and wants far too much.

/// At an address `spy` that is seen when it is asked.
fn hostile(spy: &str) -> String {
    format!(
        "<script src='{spy}/a.js'></script><script>gestolen('<p>')</script>\
         <style>@import url({spy}/b.css); td {{ background: url({spy}/c.png) }}</style>\
         <form action='{spy}/d'><select><option>gestolen</option></select><button>Ok</button></form>\
         <svg onload='gestolen()'><image href='{spy}/e.svg'></image><script>gestolen()</script></svg>\
         <img src='data:image/png;base64,AAAA'><img src='cid:logo'>\
         <img src='{spy}/teller.gif' width=1 height=1>\
         <img src='{spy}/teller.png' style='display:none'>\
         <iframe src='{spy}/f'></iframe><object data='{spy}/g'></object>\
         <a href='javascript:gestolen()' onclick='gestolen()'>klik</a>\
         <p style=\"background:url('{spy}/h.png');width:expression(gestolen())\">dag</p>\
         <!-- <p>gestolen</p> -->"
    )
}

/// Everything that runs, asks or tells who reads, over and over in tables, until it is `bytes` long. Nested, each stands in the one before.
pub fn letter(spy: &str, bytes: usize, nested: bool) -> String {
    let piece = hostile(spy);
    let end = if nested { "" } else { "</td></tr></table>" };
    let mut mail = format!(
        "<!DOCTYPE html><html><head><title>gestolen</title><link rel=stylesheet href='{spy}/i.css'>\
         <meta http-equiv=refresh content='0;url={spy}/j'><base href='{spy}/'></head>\
         <body onload='gestolen()' background='{spy}/k.png'><h1>Zomerfeest</h1>\
         <img src='{spy}/tuin.jpg' alt='De tuin' width=560 onerror='gestolen()'>"
    );
    while mail.len() < bytes {
        mail.push_str("<table width=600 background='");
        mail.push_str(spy);
        mail.push_str("/l.png'>\n        <tr>\n        <td>");
        mail.push_str(&piece);
        mail.push_str(end);
    }
    mail.push_str("<p>Tot ziens onder de kastanjeboom</p></body></html>");
    mail
}
