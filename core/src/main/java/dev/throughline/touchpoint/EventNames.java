// SPDX-License-Identifier: Apache-2.0
package dev.throughline.touchpoint;

/**
 * Names of events that several rooms or hosts have to spell alike: those of the Segment spec, e-commerce version 2 and e-mail, and of
 * what a shop with stores tells besides. Everything else is the host's to name.
 */
public final class EventNames {

    private EventNames() {}

    // Pages and screens.

    /** A page was seen: what the call {@code page} becomes. */
    public static final String PAGE_VIEWED = "Page Viewed";

    /** A screen was seen: what the call {@code screen} becomes. */
    public static final String SCREEN_VIEWED = "Screen Viewed";

    // Browsing.

    /** Products were searched. */
    public static final String PRODUCTS_SEARCHED = "Products Searched";

    /** A list of products was seen. */
    public static final String PRODUCT_LIST_VIEWED = "Product List Viewed";

    /** A list of products was narrowed or sorted. */
    public static final String PRODUCT_LIST_FILTERED = "Product List Filtered";

    /** A promotion was seen. */
    public static final String PROMOTION_VIEWED = "Promotion Viewed";

    /** A promotion was clicked. */
    public static final String PROMOTION_CLICKED = "Promotion Clicked";

    /** A product was clicked in a list. */
    public static final String PRODUCT_CLICKED = "Product Clicked";

    /** A product was looked at. */
    public static final String PRODUCT_VIEWED = "Product Viewed";

    // Basket and checkout.

    /** A product went into the basket. */
    public static final String PRODUCT_ADDED = "Product Added";

    /** A product was taken out of the basket. */
    public static final String PRODUCT_REMOVED = "Product Removed";

    /** The basket was looked at; says what is in it. */
    public static final String CART_VIEWED = "Cart Viewed";

    /** Checkout began. */
    public static final String CHECKOUT_STARTED = "Checkout Started";

    /** A step of the checkout was seen. */
    public static final String CHECKOUT_STEP_VIEWED = "Checkout Step Viewed";

    /** A step of the checkout is done. */
    public static final String CHECKOUT_STEP_COMPLETED = "Checkout Step Completed";

    /** Means of payment were given. */
    public static final String PAYMENT_INFO_ENTERED = "Payment Info Entered";

    // Orders. Segment names the first four; ready to returned are this library's, in the same form.

    /** An order was placed, or a purchase paid at a till. */
    public static final String ORDER_COMPLETED = "Order Completed";

    /** An order was changed. */
    public static final String ORDER_UPDATED = "Order Updated";

    /** Money of an order was given back. */
    public static final String ORDER_REFUNDED = "Order Refunded";

    /** An order was cancelled. */
    public static final String ORDER_CANCELLED = "Order Cancelled";

    /** An order lies ready to be picked up. */
    public static final String ORDER_READY = "Order Ready";

    /** An order was picked up. */
    public static final String ORDER_PICKED_UP = "Order Picked Up";

    /** An order was delivered. */
    public static final String ORDER_DELIVERED = "Order Delivered";

    /** Goods of an order came back. */
    public static final String ORDER_RETURNED = "Order Returned";

    // Coupons.

    /** A coupon was entered. */
    public static final String COUPON_ENTERED = "Coupon Entered";

    /** A coupon was accepted. */
    public static final String COUPON_APPLIED = "Coupon Applied";

    /** A coupon was refused. */
    public static final String COUPON_DENIED = "Coupon Denied";

    /** A coupon was taken back. */
    public static final String COUPON_REMOVED = "Coupon Removed";

    // Wish list, sharing, reviews.

    /** A product went onto the wish list. */
    public static final String PRODUCT_ADDED_TO_WISHLIST = "Product Added to Wishlist";

    /** A product was taken off the wish list. */
    public static final String PRODUCT_REMOVED_FROM_WISHLIST = "Product Removed from Wishlist";

    /** A product went from the wish list into the basket. */
    public static final String WISHLIST_PRODUCT_ADDED_TO_CART = "Wishlist Product Added to Cart";

    /** A product was shown to others. */
    public static final String PRODUCT_SHARED = "Product Shared";

    /** A basket was shown to others. */
    public static final String CART_SHARED = "Cart Shared";

    /** A product was reviewed. */
    public static final String PRODUCT_REVIEWED = "Product Reviewed";

    // What became of a mail, as the tools of others tell it.

    /** A mail arrived. */
    public static final String EMAIL_DELIVERED = "Email Delivered";

    /** A mail was opened, or a machine looked at it. */
    public static final String EMAIL_OPENED = "Email Opened";

    /** A link in a mail was clicked. */
    public static final String EMAIL_LINK_CLICKED = "Email Link Clicked";

    /** A mail came back. */
    public static final String EMAIL_BOUNCED = "Email Bounced";

    /** A mail was reported as spam. */
    public static final String EMAIL_MARKED_AS_SPAM = "Email Marked as Spam";

    /** Somebody left a mailing list. */
    public static final String UNSUBSCRIBED = "Unsubscribed";
}
