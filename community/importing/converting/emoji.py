"""The short names that Discourse uses most, as characters. Any other stays readable as “:name:”."""

EMOJI = {
    "+1": "👍", "-1": "👎", "astonished": "😲", "backhand_index_pointing_up": "👆", "blush": "😊", "bowing_man": "🙇",
    "bug": "🐛", "bulb": "💡", "clap": "👏", "cold_sweat": "😰", "confused": "😕", "crossed_fingers": "🤞", "cry": "😢",
    "crazy_face": "🤪", "disappointed": "😞", "exploding_head": "🤯", "eyes": "👀", "face_with_monocle": "🧐",
    "fire": "🔥", "folded_hands": "🙏", "frowning": "😦", "grin": "😁", "grinning": "😀", "handshake": "🤝",
    "heart": "❤️", "heart_eyes": "😍", "hugs": "🤗", "joy": "😂", "laughing": "😆", "man_facepalming": "🤦‍♂️",
    "man_shrugging": "🤷‍♂️", "muscle": "💪", "neutral_face": "😐", "ok_hand": "👌", "open_mouth": "😮",
    "partying_face": "🥳", "pensive_face": "😔", "point_up": "☝️", "pray": "🙏", "raised_hands": "🙌", "rocket": "🚀",
    "rofl": "🤣", "sad": "😞", "see_no_evil": "🙈", "shrug": "🤷", "slight_frown": "🙁", "slight_smile": "🙂",
    "slightly_smiling_face": "🙂", "smile": "😄", "smiley": "😃", "smirk": "😏", "sob": "😭", "star_struck": "🤩",
    "stuck_out_tongue": "😛", "stuck_out_tongue_winking_eye": "😜", "sunglasses": "😎", "sunny": "☀️", "sweat": "😓",
    "sweat_smile": "😅", "tada": "🎉", "thinking": "🤔", "thumbsup": "👍", "tongue": "👅", "upside_down_face": "🙃",
    "warning": "⚠️", "wave": "👋", "waving_hand": "👋", "white_check_mark": "✅", "wink": "😉", "worried": "😟",
    "x": "❌", "yum": "😋", "zzz": "💤",
}  # fmt: skip
